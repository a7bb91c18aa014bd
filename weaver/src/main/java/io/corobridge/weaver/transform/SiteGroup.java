package io.corobridge.weaver.transform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.tree.LabelNode;

/** Sites of one method that save and restore the same, by the same code. */
final class SiteGroup {
    final List<Site> sites = new ArrayList<>();
    final LabelNode save = new LabelNode();
    final LabelNode restore = new LabelNode();

    /** Any of them stands for all. */
    Site first() {
        return sites.get(0);
    }

    BitSet dirty() {
        BitSet union = new BitSet();
        for (Site site : sites) {
            union.or(site.dirty);
        }
        return union;
    }

    BitSet stored() {
        BitSet union = new BitSet();
        for (Site site : sites) {
            union.or(site.stored);
        }
        return union;
    }

    /** Groups a method's sites, and numbers the sites so that those of a group follow each other. */
    static List<SiteGroup> of(MethodPlan plan) {
        Map<List<Object>, SiteGroup> groups = new LinkedHashMap<>();
        for (Site site : plan.sites) {
            groups.computeIfAbsent(key(site), key -> new SiteGroup()).sites.add(site);
        }
        int number = 0;
        for (SiteGroup group : groups.values()) {
            for (Site site : group.sites) {
                site.number = number++;
            }
        }
        return List.copyOf(groups.values());
    }

    private static List<Object> key(Site site) {
        List<Object> key = new ArrayList<>();
        for (int slot = 0; slot < site.locals.size(); slot++) {
            key.add(site.locals.get(slot));
            key.add(FrameLayout.isSaved(site, slot));
            key.add(site.localOrigins.get(slot) == Origin.OWN);
        }
        key.add("stack");
        for (int entry = 0; entry < site.rest.size(); entry++) {
            key.add(site.rest.get(entry));
            key.add(site.restOrigins.get(entry) == Origin.OWN);
        }
        return key;
    }
}

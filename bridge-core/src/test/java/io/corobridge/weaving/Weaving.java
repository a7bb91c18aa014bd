package io.corobridge.weaving;

import io.corobridge.weaver.transform.ClassWeaver;
import io.corobridge.weaver.transform.Finding;
import io.corobridge.weaver.transform.Woven;
import io.corobridge.weaver.transform.WovenMethods;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Passes the classes of one compilation through the weaver, as the annotation processor does. */
final class Weaving {
    private Weaving() {}

    /**
     * What came out.
     *
     * @param classes class files by binary name
     * @param findings what could not be woven
     */
    record Result(Map<String, byte[]> classes, List<Finding> findings) {}

    static Result weave(Map<String, byte[]> classes) {
        ClassWeaver weaver = new ClassWeaver((owner, name, descriptor) -> WovenMethods.Answer.UNKNOWN);
        Map<String, byte[]> woven = new TreeMap<>();
        List<Finding> findings = new ArrayList<>();
        classes.forEach((name, bytes) -> {
            Woven result = weaver.weave(bytes);
            woven.put(name, result.bytes());
            findings.addAll(result.findings());
        });
        return new Result(woven, findings);
    }
}

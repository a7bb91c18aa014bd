package io.corobridge.weaver.transform;

import java.util.List;

/**
 * What became of a class file.
 *
 * @param bytes the class file to use, the one given when nothing was changed
 * @param changed whether it is another one
 * @param findings what in it cannot suspend without a thread
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Woven(byte[] bytes, boolean changed, List<Finding> findings) {
    /**
     * Makes one with a copy of the findings.
     *
     * @param bytes the class file to use
     * @param changed whether it is another one
     * @param findings what cannot suspend without a thread
     */
    public Woven {
        findings = List.copyOf(findings);
    }
}

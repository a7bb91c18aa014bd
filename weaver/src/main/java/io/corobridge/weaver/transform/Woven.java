package io.corobridge.weaver.transform;

import java.util.List;

/**
 * What became of a class file.
 *
 * @param bytes the class file; when nothing changed, the array that was given
 * @param changed whether anything was woven
 * @param findings what could not be woven, in the order of the class file
 */
@SuppressWarnings("ArrayRecordComponent")
public record Woven(byte[] bytes, boolean changed, List<Finding> findings) {}

/** The transformation of class files: knows bytecode, and nothing of compilers and files. */
@NullMarked
package io.corobridge.weaver.transform;

import org.jspecify.annotations.NullMarked;

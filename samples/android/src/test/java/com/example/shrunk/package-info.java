/** What D8 and R8 make of the library, and of a program that uses it. */
@NullMarked
package com.example.shrunk;

import org.jspecify.annotations.NullMarked;

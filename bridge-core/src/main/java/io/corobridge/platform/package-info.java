/** What the core needs of the platform it runs on, where a JDK and Android differ. Nothing here knows the rest of the library. */
@NullMarked
package io.corobridge.platform;

import org.jspecify.annotations.NullMarked;

package io.corobridge.platform;

/** Looks for a part of the JDK by name, once for each class that asks: Android may lack it. */
public final class Probe {
    private Probe() {}

    /**
     * Looks for a class.
     *
     * @param name its binary name
     * @return whether there is one
     */
    public static boolean hasClass(String name) {
        try {
            Class.forName(name);
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    static boolean hasMethod(Class<?> owner, String name, Class<?>... parameters) {
        try {
            return owner.getMethod(name, parameters) != null;
        } catch (NoSuchMethodException absent) {
            return false;
        }
    }

    static boolean hasConstructor(Class<?> owner, Class<?>... parameters) {
        try {
            return owner.getConstructor(parameters) != null;
        } catch (NoSuchMethodException absent) {
            return false;
        }
    }
}

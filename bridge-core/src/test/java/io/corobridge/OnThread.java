package io.corobridge;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Makes bodies that run on a thread of their own, though they are woven: nobody weaves a proxy. */
public final class OnThread {
    private OnThread() {}

    public static <B> B body(Class<? super B> type, B body) {
        @SuppressWarnings("unchecked")
        B proxy =
                (B) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return method.invoke(body, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return proxy;
    }
}

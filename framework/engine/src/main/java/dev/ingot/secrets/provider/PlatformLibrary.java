package dev.ingot.secrets.provider;

import dev.ingot.secrets.SecretException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A library that a platform brings and that nothing here is compiled against. Methods are called by their names, with
 * texts, as the type that declares them says.
 *
 * @param platform its name in a message
 */
record PlatformLibrary(String platform) {

    PlatformLibrary {
        Objects.requireNonNull(platform, "platform");
    }

    /** A result and the type that the method that gave it declares; what is behind that may not be callable. */
    record Result(Class<?> type, Object value) {}

    /**
     * Calls a static method.
     *
     * @return empty when the method failed; why may hold a value, so it is not told
     * @throws SecretException when this is not the platform, or its library is another one
     */
    Optional<Result> callStatic(String type, String method, String... arguments) {
        return call(new Result(load(type), null), method, arguments);
    }

    /** As {@link #callStatic}, on a result. */
    Optional<Result> call(Result on, String method, String... arguments) {
        Class<?>[] texts = new Class<?>[arguments.length];
        Arrays.fill(texts, String.class);
        try {
            Method found = on.type().getMethod(method, texts);
            return Optional.ofNullable(found.invoke(on.value(), (Object[]) arguments))
                    .map(value -> new Result(found.getReturnType(), value));
        } catch (InvocationTargetException failed) {
            return Optional.empty();
        } catch (ReflectiveOperationException other) {
            throw new SecretException(
                    platform + "'s library for secrets has no method '" + method + "' as it was",
                    "Use another provider under 'secrets:'.");
        }
    }

    private Class<?> load(String name) {
        try {
            return Class.forName(name, true, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException absent) {
            throw new SecretException(
                    "this is not " + platform,
                    "Use another provider under 'secrets:' in the environment that runs here.");
        }
    }
}

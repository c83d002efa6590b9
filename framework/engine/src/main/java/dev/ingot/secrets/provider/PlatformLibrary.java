package dev.ingot.secrets.provider;

import dev.ingot.secrets.SecretException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Calls a library that a platform provides at run time, by reflection: nothing here is compiled against it. All
 * arguments are strings.
 *
 * @param platform the platform's name, for messages
 */
record PlatformLibrary(String platform) {

    PlatformLibrary {
        Objects.requireNonNull(platform, "platform");
    }

    /** A result and the declared return type of its method; the class that implements it may not be accessible. */
    record Result(Class<?> type, Object value) {}

    /**
     * Calls a static method.
     *
     * @return empty when the method failed; the cause is dropped because it may contain a value
     * @throws SecretException when this process does not run on the platform, or its library lacks the method
     */
    Optional<Result> callStatic(String type, String method, String... arguments) {
        return call(new Result(load(type), null), method, arguments);
    }

    /** Calls a method of a result; see {@link #callStatic}. */
    Optional<Result> call(Result on, String method, String... arguments) {
        Class<?>[] types = new Class<?>[arguments.length];
        Arrays.fill(types, String.class);
        try {
            Method found = on.type().getMethod(method, types);
            return Optional.ofNullable(found.invoke(on.value(), (Object[]) arguments))
                    .map(value -> new Result(found.getReturnType(), value));
        } catch (InvocationTargetException failed) {
            return Optional.empty();
        } catch (ReflectiveOperationException incompatible) {
            throw new SecretException(
                    platform + "'s secrets library has no compatible method '" + method + "'",
                    "Use another provider under 'secrets:'.");
        }
    }

    private Class<?> load(String name) {
        try {
            return Class.forName(name, true, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException absent) {
            throw new SecretException(
                    "this process does not run on " + platform,
                    "Use another provider under 'secrets:' in the environment used here.");
        }
    }
}

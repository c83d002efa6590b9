package dev.ingot.testkit;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test its session and its lake, as parameters. The session is also the thread's active one while the test
 * runs, for APIs that look it up. A class that asks for either in {@code @BeforeAll} or in its constructor shares that
 * one among all its tests. Tests get it by {@link SparkTest}.
 */
public final class SparkExtension implements ParameterResolver, BeforeEachCallback, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(SparkExtension.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        SparkSession.setActiveSession(session(context));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        SparkSession.clearActiveSession();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == SparkSession.class || type == TemporaryLake.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TemporaryLake.class ? lake(context) : session(context);
    }

    private static SparkSession session(ExtensionContext context) {
        return store(context)
                .computeIfAbsent("session", key -> new Held(LocalSpark.newSession()), Held.class)
                .session();
    }

    /** JUnit closes what is in the store, and so deletes the folder, when the test or class that made it has ended. */
    private static TemporaryLake lake(ExtensionContext context) {
        return store(context).computeIfAbsent("lake", key -> TemporaryLake.create(), TemporaryLake.class);
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    /** Keeps JUnit from closing a session: that would stop the application which all other tests use. */
    private record Held(SparkSession session) {}
}

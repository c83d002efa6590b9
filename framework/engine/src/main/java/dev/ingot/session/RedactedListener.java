package dev.ingot.session;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.scheduler.EventLoggingListener;
import org.apache.spark.scheduler.LiveListenerBus;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerInterface;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.ui.SQLAppStatusListener;
import org.apache.spark.status.AppStatusListener;

/**
 * Wraps one of Spark's own listeners so that it receives events with the values of secrets redacted. Spark's event log
 * and UI keep failure messages verbatim, and a storage service may quote its key when it denies access. Spark can
 * redact settings by name, but has no hook to redact a value.
 */
final class RedactedListener implements InvocationHandler {

    /** The listeners that store events, and the queue of Spark's listener bus that serves each. */
    private static final Map<Class<?>, String> QUEUES = Map.of(
            EventLoggingListener.class, "eventLog",
            AppStatusListener.class, "appStatus",
            SQLAppStatusListener.class, "appStatus");

    private final SparkListenerInterface listener;

    private RedactedListener(SparkListenerInterface listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /** Replaces the listeners of the event log and the UI in an application that has just started. */
    static void install(SparkSession spark) {
        // Registers the listener for SQL queries.
        spark.sharedState();
        LiveListenerBus bus = spark.sparkContext().listenerBus();
        for (SparkListenerInterface listener : List.copyOf(bus.listeners())) {
            String queue = QUEUES.get(listener.getClass());
            if (queue != null) {
                // In this order: a queue without listeners is closed, and its pending events are lost.
                bus.addToQueue(redacted(listener), queue);
                bus.removeListener(listener);
            }
        }
    }

    private static SparkListenerInterface redacted(SparkListenerInterface listener) {
        return (SparkListenerInterface) Proxy.newProxyInstance(
                RedactedListener.class.getClassLoader(),
                new Class<?>[] {SparkListenerInterface.class},
                new RedactedListener(listener));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (arguments != null && arguments[0] instanceof SparkListenerEvent event) {
            arguments[0] = RedactedEvents.redacted(event);
        }
        try {
            return method.invoke(listener, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}

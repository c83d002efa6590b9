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
 * One of Spark's own listeners, which hears of everything without the values of secrets. Spark's event log and UI keep
 * the reasons of failures as they were worded, and a storage may name its key when it refuses. Spark can hide settings by
 * their names; there is no place to hide a value.
 */
final class RedactedListener implements InvocationHandler {

    /** Those that keep what they hear, and the queue of Spark's listener bus in which each of them stands. */
    private static final Map<Class<?>, String> QUEUES = Map.of(
            EventLoggingListener.class, "eventLog",
            AppStatusListener.class, "appStatus",
            SQLAppStatusListener.class, "appStatus");

    private final SparkListenerInterface listener;

    private RedactedListener(SparkListenerInterface listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /** Takes the places of the event log and the UI in an application that has just been started. */
    static void install(SparkSession spark) {
        // The listener of queries comes with it.
        spark.sharedState();
        LiveListenerBus bus = spark.sparkContext().listenerBus();
        for (SparkListenerInterface listener : List.copyOf(bus.listeners())) {
            String queue = QUEUES.get(listener.getClass());
            if (queue != null) {
                // In this order: a queue that has no listener is closed, and what waits in it is lost.
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

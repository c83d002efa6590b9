package dev.ingot.deploy.airflow;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/** Renders a DAG file from the templates beside this class, one for each kind of operator. */
enum DagTemplate {
    SPARK_SUBMIT,
    DATABRICKS,
    SYNAPSE;

    private static final PebbleEngine ENGINE = engine();

    static DagTemplate of(Airflow.Options options) {
        if (options.sparkSubmit().isPresent()) {
            return SPARK_SUBMIT;
        }
        return options.databricks().isPresent() ? DATABRICKS : SYNAPSE;
    }

    /** Renders the template; an undefined variable is an error. */
    String text(Map<String, Object> variables) {
        StringWriter text = new StringWriter();
        try {
            ENGINE.getTemplate(name().toLowerCase(Locale.ROOT)).evaluate(text, variables, Locale.ROOT);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static PebbleEngine engine() {
        ClasspathLoader loader = new ClasspathLoader(DagTemplate.class.getClassLoader());
        loader.setPrefix("dev/ingot/deploy/airflow");
        loader.setSuffix(".py.peb");
        return new PebbleEngine.Builder()
                .loader(loader)
                .autoEscaping(false)
                .strictVariables(true)
                .extension(new AbstractExtension() {
                    @Override
                    public Map<String, Filter> getFilters() {
                        return Map.of("python", new PythonText());
                    }
                })
                .build();
    }
}

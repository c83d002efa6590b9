package dev.ingot.processor;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * Writes the classes annotated with {@code @Named} to {@code META-INF/ingot/components.properties}, so that the
 * annotation alone registers a component. Reports a compile error for a component without a kind or without options.
 */
@SupportedAnnotationTypes("dev.ingot.component.Named")
public final class ComponentIndexer extends AbstractProcessor {

    private static final String INDEX = "META-INF/ingot/components.properties";
    private static final Map<String, String> KINDS = Map.of(
            "dev.ingot.component.Source", "SOURCE",
            "dev.ingot.component.Transformation", "TRANSFORMATION",
            "dev.ingot.component.Check", "CHECK",
            "dev.ingot.component.WriteMode", "TARGET");

    private final Map<String, String> index = new TreeMap<>();

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement annotation : annotations) {
            for (TypeElement component : ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation))) {
                register(component);
            }
        }
        if (round.processingOver() && !index.isEmpty()) {
            write();
        }
        return false;
    }

    private void register(TypeElement component) {
        Optional<String> kind = kind(component);
        boolean hasOptions = component.getEnclosedElements().stream()
                .anyMatch(inner -> inner.getKind() == ElementKind.RECORD
                        && inner.getSimpleName().contentEquals("Options"));
        if (kind.isEmpty() || !hasOptions) {
            error(
                    component,
                    "Cannot register the component: it must implement Source, Transformation, RowCheck, TableCheck or"
                            + " WriteMode, and have a nested record Options");
            return;
        }
        Map<String, String> named = values(component);
        String key = kind.get() + "." + named.get("value");
        if (index.put(key + ".class", component.getQualifiedName().toString()) != null) {
            error(
                    component,
                    "Cannot register the component: another one of this kind is named '" + named.get("value") + "'");
        }
        index.put(key + ".summary", named.get("summary"));
        index.put(key + ".example", named.get("example"));
        index.put(key + ".traits", named.getOrDefault("traits", ""));
    }

    private Optional<String> kind(TypeElement component) {
        return KINDS.entrySet().stream()
                .filter(kind -> {
                    TypeElement type = processingEnv.getElementUtils().getTypeElement(kind.getKey());
                    var types = processingEnv.getTypeUtils();
                    return types.isAssignable(types.erasure(component.asType()), types.erasure(type.asType()));
                })
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Map<String, String> values(TypeElement component) {
        AnnotationMirror named = component.getAnnotationMirrors().stream()
                .filter(mirror ->
                        mirror.getAnnotationType().asElement().getSimpleName().contentEquals("Named"))
                .findFirst()
                .orElseThrow();
        return named.getElementValues().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().getSimpleName().toString(), entry -> text(entry.getValue())));
    }

    private static String text(AnnotationValue value) {
        if (value.getValue() instanceof List<?> list) {
            return list.stream()
                    .map(item -> ((AnnotationValue) item).getValue())
                    .map(item -> ((VariableElement) item).getSimpleName().toString())
                    .collect(Collectors.joining(","));
        }
        return value.getValue().toString();
    }

    private void write() {
        try (Writer file = processingEnv
                        .getFiler()
                        .createResource(StandardLocation.CLASS_OUTPUT, "", INDEX)
                        .openWriter();
                PrintWriter out = new PrintWriter(file)) {
            index.forEach((key, value) -> out.print(key + "=" + escaped(value) + "\n"));
        } catch (IOException failed) {
            processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, "Cannot write " + INDEX + ": " + failed);
        }
    }

    /** Escapes a value for {@link java.util.Properties}. */
    private static String escaped(String value) {
        StringBuilder text = new StringBuilder();
        for (char c : value.toCharArray()) {
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                default -> {
                    if (c < 128) {
                        text.append(c);
                    } else {
                        text.append(String.format("\\u%04x", (int) c));
                    }
                }
            }
        }
        return text.toString().startsWith(" ") ? "\\" + text : text.toString();
    }

    private void error(Element place, String message) {
        processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, message, place);
    }
}

package dev.ingot.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.definition.CheckSettings;
import dev.ingot.definition.SourceSettings;
import dev.ingot.definition.StepSettings;
import dev.ingot.definition.TargetSettings;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.options.Option;
import dev.ingot.options.OptionsReader;
import dev.ingot.options.RecordShape;
import dev.ingot.options.ValueScope;
import dev.ingot.yaml.YamlNode;
import dev.ingot.yaml.YamlReader;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verifies the contract of every component on the class path, including those of other jars. */
class ComponentCatalogTest {

    private static final ComponentCatalog CATALOG = ComponentCatalog.load(ComponentCatalogTest.class.getClassLoader());

    /** The engine's own settings: their options are checked like those of a component. */
    private static final List<Class<? extends Record>> SETTINGS =
            List.of(SourceSettings.class, StepSettings.class, CheckSettings.class, TargetSettings.class);

    static Stream<ComponentEntry> components() {
        return Stream.of(ComponentKind.values()).flatMap(kind -> CATALOG.all(kind).stream());
    }

    static Stream<RecordShape.Field> options() {
        List<RecordShape.Field> options = new ArrayList<>();
        Stream.concat(components().map(ComponentEntry::options), SETTINGS.stream())
                .forEach(type -> collect(type, options));
        return options.stream();
    }

    @Test
    void hasComponentsOfEveryKind() {
        for (ComponentKind kind : ComponentKind.values()) {
            assertFalse(CATALOG.names(kind).isEmpty());
            assertEquals(CATALOG.names(kind).stream().sorted().toList(), CATALOG.names(kind));
        }
    }

    @ParameterizedTest
    @MethodSource("components")
    void hasANameAndASummary(ComponentEntry component) {
        assertTrue(component.name().matches("[a-z]+[0-9]?(_[a-z]+)*"), component.title());
        assertTrue(component.summary().matches("[A-Z].{10,118}\\."), component.title() + ": " + component.summary());
        assertEquals(component, CATALOG.find(component.kind(), component.name()).orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("components")
    void hasANameThatDiffersFromTheSettingsOfItsKind(ComponentEntry component) {
        assertFalse(names(settings(component.kind())).contains(component.name()), component.title());
    }

    /** The options of a mode are in one mapping with the settings of every target. */
    @ParameterizedTest
    @MethodSource("components")
    void hasOptionNamesThatDifferFromTheSettings(ComponentEntry component) {
        List<String> taken = new ArrayList<>(names(component.options()));
        taken.retainAll(names(settings(component.kind())));

        assertEquals(List.of(), taken, component.title());
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionHasADescription(RecordShape.Field option) {
        Option annotation = option.option();

        assertTrue(
                annotation.description().matches("(?s)[A-Z'].*\\."), option.name() + ": " + annotation.description());
        assertTrue(option.name().matches("[a-z]+[0-9]?(_[a-z]+)*"), option.name());
        assertFalse(annotation.required() && !annotation.defaultValue().isEmpty(), option.name());
    }

    @ParameterizedTest
    @MethodSource("components")
    void hasAValidExample(ComponentEntry component) {
        Diagnostics diagnostics = new Diagnostics();
        List<YamlNode> documents = YamlReader.parse(component.example(), "example.yml", diagnostics);
        assertEquals(List.of(), diagnostics.all(), component.title());
        YamlNode.Mapping example = (YamlNode.Mapping) documents.get(0);
        boolean target = component.kind() == ComponentKind.TARGET;
        if (target) {
            assertEquals(component.name(), example.value("mode").orElseThrow().toString());
        } else {
            assertEquals(Set.of(component.name()), example.keys());
        }
        YamlNode options = target
                ? without(example, names(TargetSettings.class))
                : example.value(component.name()).orElseThrow();
        new OptionsReader(ValueScope.none(), diagnostics).read(component.options(), options, component.title());

        assertEquals(List.of(), diagnostics.all(), component.title());
    }

    @ParameterizedTest
    @MethodSource("components")
    void hasOptionsWithValidExamplesAndDefaults(ComponentEntry component) {
        for (RecordShape.Field option : RecordShape.of(component.options()).fields()) {
            String example = option.option().example();
            if (!example.isEmpty()) {
                assertEquals(
                        List.of(),
                        mistakes(component.options(), option.name() + ": " + example),
                        component.title() + ", " + option.name());
            }
        }
        assertEquals(List.of(), mistakes(component.options(), "{}"), component.title());
    }

    @ParameterizedTest
    @MethodSource("components")
    void isAStatelessClassOfItsKind(ComponentEntry component) {
        Object instance = component.instantiate(Object.class);

        assertTrue(Modifier.isFinal(instance.getClass().getModifiers()), component.className());
        for (Field field : instance.getClass().getDeclaredFields()) {
            assertTrue(Modifier.isStatic(field.getModifiers()), component.className() + "." + field.getName());
        }
        Class<?> kind = switch (component.kind()) {
            case SOURCE -> Source.class;
            case TRANSFORMATION -> Transformation.class;
            case CHECK -> Check.class;
            case TARGET -> WriteMode.class;
        };
        assertTrue(kind.isInstance(instance), component.className());
        assertEquals(component.has(Trait.ROW_RULE), instance instanceof RowCheck, component.className());
        assertEquals(component.has(Trait.TABLE_RULE), instance instanceof TableCheck, component.className());
    }

    @ParameterizedTest
    @MethodSource("components")
    void hasTheTraitsOfItsKind(ComponentEntry component) {
        Set<Trait> applicable = switch (component.kind()) {
            case SOURCE -> Set.of(Trait.OUTSIDE);
            case TRANSFORMATION -> Set.of(Trait.ACROSS_ROWS, Trait.COLLAPSES, Trait.DIVERTS);
            case CHECK -> Set.of(Trait.ROW_RULE, Trait.TABLE_RULE);
            case TARGET -> Set.of(Trait.INCREMENTAL, Trait.STAGED, Trait.REPLACES_PARTS, Trait.VIEW);
        };

        assertTrue(applicable.containsAll(component.traits()), component.title());
        assertTrue(component.has(Trait.ACROSS_ROWS) || !component.has(Trait.COLLAPSES), component.title());
    }

    /** A scope in which every file exists. */
    private static final class AnyFile implements ValueScope {

        @Override
        public Optional<String> resolve(YamlNode.Scalar scalar, Diagnostics diagnostics) {
            return Optional.of(scalar.text());
        }

        @Override
        public Optional<YamlNode.Scalar> file(YamlNode.Scalar path, Diagnostics diagnostics) {
            return Optional.of(new YamlNode.Scalar("SELECT * FROM input", false, path.span()));
        }

        @Override
        public Set<String> parameters() {
            return Set.of();
        }
    }

    /** Returns the errors in the value of an option; ignores other options that are missing. */
    private static List<Diagnostic> mistakes(Class<? extends Record> type, String yaml) {
        Diagnostics diagnostics = new Diagnostics();
        YamlNode node = YamlReader.parse(yaml, "example.yml", diagnostics).get(0);
        boolean isOneMap = RecordShape.of(type).isOneMap();
        YamlNode read = isOneMap
                        && node instanceof YamlNode.Mapping mapping
                        && !mapping.keys().isEmpty()
                ? mapping.value(mapping.keys().iterator().next()).orElseThrow()
                : node;
        new OptionsReader(new AnyFile(), diagnostics).read(type, read, "example");
        return diagnostics.all().stream()
                .filter(found -> found.code() != Code.SPEC_MISSING && found.code() != Code.SPEC_CONFLICT)
                .toList();
    }

    private static YamlNode.Mapping without(YamlNode.Mapping mapping, List<String> keys) {
        Map<String, YamlNode.Entry> rest = new LinkedHashMap<>(mapping.entries());
        rest.keySet().removeAll(keys);
        return new YamlNode.Mapping(rest, mapping.span());
    }

    private static Class<? extends Record> settings(ComponentKind kind) {
        return SETTINGS.get(kind.ordinal());
    }

    private static List<String> names(Class<? extends Record> type) {
        return RecordShape.of(type).fields().stream()
                .map(RecordShape.Field::name)
                .collect(Collectors.toList());
    }

    /** Collects the options of a record and of its nested records. */
    private static void collect(Type type, List<RecordShape.Field> options) {
        if (type instanceof ParameterizedType generic) {
            Stream.of(generic.getActualTypeArguments()).forEach(argument -> collect(argument, options));
        } else if (type instanceof Class<?> raw
                && raw.isRecord()
                && !raw.getPackageName().equals("dev.ingot.options")) {
            RecordShape.of(raw).fields().forEach(field -> {
                options.add(field);
                collect(field.type(), options);
            });
        }
    }
}

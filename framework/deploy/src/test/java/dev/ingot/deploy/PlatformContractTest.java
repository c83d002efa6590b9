package dev.ingot.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.config.SecretScope;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.options.Option;
import dev.ingot.options.RecordShape;
import dev.ingot.secrets.Secret;
import dev.ingot.secrets.SecretRef;
import dev.ingot.secrets.hadoop.SecretResolver;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of every platform; a new one adds its declaration to {@code platforms.yml}. */
class PlatformContractTest {

    private static final String SECRET = "no file may contain this value";

    @TempDir
    private Path folder;

    private SampleDeployment sample;

    @BeforeEach
    void writeProject() throws IOException {
        Path secretFolder = folder.resolve("secrets");
        try (InputStream text = PlatformContractTest.class.getResourceAsStream("platforms.yml")) {
            sample = new SampleDeployment(
                    folder,
                    new String(text.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("/run/secrets", secretFolder.toString()));
        }
        sample.write("secrets/lake-key", SECRET);
        Files.setPosixFilePermissions(secretFolder.resolve("lake-key"), PosixFilePermissions.fromString("rw-------"));
    }

    static Stream<Platform<?>> platforms() {
        return Platforms.byName().values().stream();
    }

    private SortedMap<String, String> files(Platform<?> platform) {
        return sample.declared(platform.name()).files(new Diagnostics());
    }

    @Test
    void platformNamesAreUnique() {
        TreeSet<String> names = new TreeSet<>();
        ServiceLoader.load(Platform.class).forEach(platform -> assertTrue(names.add(platform.name()), platform.name()));

        assertEquals(names, Platforms.byName().keySet());
        assertFalse(names.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void nameAndSummaryAreWellFormed(Platform<?> platform) {
        assertTrue(platform.name().matches("[a-z][a-z0-9_-]*"), platform.name());
        assertTrue(platform.summary().matches("[A-Z][^\\n]*\\."), platform.summary());
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void everyOptionHasADescriptionAndRequiredOnesAnExample(Platform<?> platform) {
        assertDescribed(platform.options(), platform.name());
    }

    private static void assertDescribed(Class<?> type, String place) {
        for (RecordShape.Field field : RecordShape.of(type).fields()) {
            String name = place + "." + field.name();
            Option option = field.option();
            assertTrue(option.description().matches("[A-Z][^\\n]*\\."), name + ": " + option.description());
            assertTrue(
                    field.optional()
                            || isEnum(field.type())
                            || !option.example().isEmpty(),
                    name);
            records(field.type()).forEach(record -> assertDescribed(record, name));
        }
    }

    private static boolean isEnum(Type type) {
        return type instanceof Class<?> raw && raw.isEnum();
    }

    /** Returns the option records in a type: itself, or the type arguments of an optional, a list or a map. */
    private static Stream<Class<?>> records(Type type) {
        if (type instanceof ParameterizedType generic) {
            return Stream.of(generic.getActualTypeArguments()).flatMap(PlatformContractTest::records);
        }
        return type instanceof Class<?> raw && raw.isRecord() && raw.getName().contains(".deploy.")
                ? Stream.of(raw)
                : Stream.empty();
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void filesAreDeterministicInEveryLocaleAndTimeZone(Platform<?> platform) {
        SortedMap<String, String> expected = files(platform);
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            // Digits, lower case and the day of the week differ in these locales.
            for (String language : new String[] {"ar-EG-u-nu-arab", "tr-TR"}) {
                Locale.setDefault(Locale.forLanguageTag(language));
                TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
                assertEquals(expected, files(platform));
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void filesAreInTheFolderOfPlatformAndEnvironment(Platform<?> platform) {
        SortedMap<String, String> files = files(platform);

        assertFalse(files.isEmpty());
        files.keySet().forEach(path -> {
            assertTrue(path.startsWith("deploy/" + platform.name() + "/prod/"), path);
            assertTrue(path.matches("[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+"), path);
        });
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void filesEndWithANewline(Platform<?> platform) {
        files(platform).forEach((path, text) -> {
            assertTrue(text.endsWith("\n"), path);
            assertFalse(text.contains("\r"), path);
        });
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void noFileContainsASecret(Platform<?> platform) {
        SecretScope scope = sample.declared(platform.name())
                .deployment()
                .plan()
                .project()
                .secrets()
                .get("vault");
        Secret secret =
                new SecretResolver(Map.of(), Clock.systemUTC()).resolve(new SecretRef("vault", "lake-key"), scope);
        assertEquals(SECRET, secret.reveal(), "the secret can be resolved");

        files(platform).forEach((path, text) -> assertFalse(text.contains(SECRET), path));
    }
}

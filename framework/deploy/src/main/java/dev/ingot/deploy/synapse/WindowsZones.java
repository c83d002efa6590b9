package dev.ingot.deploy.synapse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Maps IANA time zones to those of Windows, which Synapse triggers use. The pairs are those of Unicode CLDR,
 * {@code common/supplemental/windowsZones.xml}, for cities that are common in schedules.
 */
final class WindowsZones {

    static final String UTC = "UTC";

    private static final Map<String, String> BY_ZONE = read();

    private WindowsZones() {}

    /** Returns the Windows name of an IANA zone; empty when it is not known. */
    static Optional<String> of(String zone) {
        return Optional.ofNullable(BY_ZONE.get(zone));
    }

    private static Map<String, String> read() {
        Map<String, String> byZone = new TreeMap<>();
        try (InputStream file = WindowsZones.class.getResourceAsStream("windows-zones.txt")) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(": ", 2))
                    .forEach(line -> {
                        for (String zone : line[1].split(" ", -1)) {
                            byZone.put(zone, line[0]);
                        }
                    });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Collections.unmodifiableMap(byZone);
    }
}

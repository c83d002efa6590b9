package dev.ingot.run.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.SourceSpan;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user is told of failures that come from elsewhere. */
class FailuresTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(
                        new UncheckedIOException(new AccessDeniedException("/lake/bronze")),
                        "ENV-001",
                        "Cannot read or write: permission denied (/lake/bronze)"),
                arguments(
                        new IllegalStateException(
                                new AccessControlException("Permission denied: user=etl, access=WRITE")),
                        "ENV-001",
                        "Cannot read or write: permission denied (Permission denied: user=etl, access=WRITE)"),
                arguments(
                        new UncheckedIOException(new IOException("/lake/x: Read-only file system")),
                        "ENV-001",
                        "Cannot read or write: permission denied (/lake/x: Read-only file system)"),
                arguments(
                        new IllegalStateException(new IOException("No space left on device")),
                        "ENV-002",
                        "Cannot write: no space is left on the device"),
                arguments(
                        new UncheckedIOException("cannot list s3a://lake", new IOException("Connect timed out")),
                        "ENV-006",
                        "Cannot read or write: storage failed (java.io.IOException: Connect timed out)"),
                arguments(
                        new UncheckedIOException(new NoSuchFileException("/releases/x")),
                        "ENV-006",
                        "Cannot read or write: storage failed (/releases/x does not exist)"),
                arguments(
                        new UncheckedIOException(new FileSystemException("/releases/x", null, "Is a directory")),
                        "ENV-006",
                        "Cannot read or write: storage failed (/releases/x: Is a directory)"),
                arguments(
                        new IllegalStateException(new EOFException("end of stream")),
                        "ENV-006",
                        "Cannot read or write: storage failed (java.io.EOFException: end of stream)"),
                arguments(
                        new IllegalStateException(
                                "CSV header does not conform to the schema.\n Header: n, id\n Schema: id, n\n"
                                        + "Expected: id but found: n\nCSV file: file:///landing/odd.csv"),
                        "DATA-003",
                        "Cannot read file:///landing/odd.csv: its header (n, id) differs from that of the other files"
                                + " or of 'schema:' (id, n)"),
                arguments(
                        new IllegalStateException("boom"),
                        "INT-001",
                        "Cannot continue: java.lang.IllegalStateException: boom"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsToldByItsCause(Throwable failure, String code, String summary) {
        Diagnostic told =
                Failures.explain(failure, SourceSpan.of("pipelines/x.yml")).get(0);

        assertEquals(code, told.code().id());
        assertEquals(summary, told.summary());
    }
}

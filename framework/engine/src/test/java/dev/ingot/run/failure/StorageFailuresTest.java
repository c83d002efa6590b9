package dev.ingot.run.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.state.LakeFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.util.VersionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of object stores, of what their drivers were seen to say. */
class StorageFailuresTest {

    private static final SourceSpan PLACE = SourceSpan.of("pipelines/x.yml");

    private static Throwable s3(String status, String code) {
        return new UncheckedIOException(
                "cannot read s3a://lake/x",
                new AccessDeniedException(
                        "s3a://lake/x: getFileStatus: com.amazonaws.services.s3.model.AmazonS3Exception:"
                                + " Forbidden (Service: Amazon S3; Status Code: " + status + "; Error Code: " + code
                                + "; Request ID: 1; S3 Extended Request ID: null; Proxy: null)"));
    }

    private static Throwable abfs(int status, String code) {
        return new UncheckedIOException(
                "cannot read abfss://lake@a.dfs.core.windows.net/x",
                new PathIOException("Operation failed: \"null\", " + status
                        + ", HEAD, https://a.dfs.core.windows.net/lake?sig=hush, " + code + ", \"...\""));
    }

    static Stream<Arguments> failures() {
        String azure = "Cannot reach abfss://lake@a.dfs.core.windows.net: ";
        String s3 = "Cannot reach s3a://lake: ";
        return Stream.of(
                arguments(s3("403", "AccessDenied"), "ENV-001", s3 + "access is denied (AccessDenied)"),
                arguments(s3("403", "null"), "ENV-001", s3 + "access is denied"),
                arguments(
                        s3("403", "SignatureDoesNotMatch"),
                        "ENV-001",
                        s3 + "the credentials are wrong (SignatureDoesNotMatch)"),
                arguments(s3("403", "ExpiredToken"), "ENV-001", s3 + "the credentials are wrong (ExpiredToken)"),
                arguments(
                        s3("404", "NoSuchBucket"),
                        "ENV-006",
                        s3 + "the bucket or container does not exist (NoSuchBucket)"),
                arguments(s3("503", "SlowDown"), "ENV-006", s3 + "it receives too many requests (SlowDown)"),
                arguments(s3("429", "null"), "ENV-006", s3 + "it receives too many requests"),
                arguments(
                        abfs(403, "AuthorizationPermissionMismatch"),
                        "ENV-001",
                        azure + "access is denied (AuthorizationPermissionMismatch)"),
                arguments(
                        abfs(403, "AuthenticationFailed"),
                        "ENV-001",
                        azure + "the credentials are wrong (AuthenticationFailed)"),
                arguments(
                        abfs(404, "FilesystemNotFound"),
                        "ENV-006",
                        azure + "the bucket or container does not exist (FilesystemNotFound)"),
                arguments(abfs(429, "null"), "ENV-006", azure + "it receives too many requests"),
                arguments(
                        new UncheckedIOException("cannot list s3a://lake/x", new UnknownHostException("s3.example")),
                        "ENV-006",
                        s3 + "its host is unknown"),
                arguments(
                        new UncheckedIOException(
                                "cannot list s3a://lake/x", new java.net.ConnectException("Connection refused")),
                        "ENV-006",
                        s3 + "its host does not answer"),
                arguments(
                        new UncheckedIOException(
                                "cannot list s3a://lake/x", new SSLHandshakeException("PKIX path building")),
                        "ENV-006",
                        s3 + "no secure connection can be made"),
                arguments(
                        new UncheckedIOException(
                                "cannot list s3a://lake/x",
                                new IOException("No AWS Credentials provided by SimpleAWSCredentialsProvider")),
                        "ENV-001",
                        s3 + "no credentials are set for it"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsToldByItsCause(Throwable failure, String code, String summary) {
        Diagnostic told = Failures.explain(failure, PLACE).get(0);

        assertEquals(summary, told.summary());
        assertEquals(code, told.code().id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s3a://lake/x", "abfss://lake@a.dfs.core.windows.net/x", "wasbs://lake@a.blob.core.windows.net/x"
            })
    void aDriverThatIsMissingIsNamed(String address) {
        String scheme = address.substring(0, address.indexOf(':'));
        String artifact = scheme.equals("s3a") ? "hadoop-aws" : "hadoop-azure";
        LakeFiles files = new LakeFiles(new Configuration());
        Exception failure = assertThrows(Exception.class, () -> files.read(address));

        assertEquals(
                "pipelines/x.yml  error ENV-007  Cannot reach storage with the scheme '" + scheme
                        + "': this Spark has no driver for it\n"
                        + "    Start Spark with --packages org.apache.hadoop:" + artifact + ":"
                        + VersionInfo.getVersion()
                        + "; './ingot' adds it by itself when conf/ or pipelines/ name such an address, or with"
                        + " INGOT_DRIVERS="
                        + artifact + ".",
                StorageFailures.explain(failure, PLACE).orElseThrow().render());
    }

    @Test
    void whatNoObjectStoreHadAPartInIsNotExplained() {
        assertEquals(Optional.empty(), StorageFailures.explain(new IllegalStateException("SlowDown"), PLACE));
        assertEquals(
                Optional.empty(),
                StorageFailures.explain(new FileNotFoundException("No such file or directory: s3a://lake/x"), PLACE));
    }
}

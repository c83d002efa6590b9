package dev.ingot.run.failure;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.SourceSpan;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.util.VersionInfo;

/**
 * Turns failures of an object store or its driver into diagnostics. The drivers are recognized by their messages, since
 * none of them is on Ingot's own class path: S3A by the codes of S3's REST interface, ABFS and WASB by those of Azure's
 * blob service. Their messages are never printed unchanged, because they may contain a signed address.
 */
public final class StorageFailures {

    private static final Pattern ADDRESS = Pattern.compile("\\b(s3[an]?|abfss?|wasbs?)://[^/\\s:`'\",]+(?::\\d+)?");
    private static final Pattern SCHEME_WITHOUT_DRIVER = Pattern.compile("No FileSystem for scheme \"?(\\w+)");
    private static final Pattern DRIVER_CLASS =
            Pattern.compile("org\\.apache\\.hadoop\\.fs\\.(s3a|azurebfs|azure)\\.[\\w$]+ not found");

    /** The kinds of failure, each with its reason and remedy; the first that matches is used. */
    private enum Kind {
        NO_CREDENTIALS(
                "NoAuthWithAWSException|(?i:no aws credentials)|Unable to load AWS credentials"
                        + "|No credentials found for account|Configuration property \\S+ not found"
                        + "|Failure to initialize configuration",
                Code.ENV_DENIED,
                "no credentials are set for it",
                "Set them under 'spark:' of the environment, as '${secret:scope/key}' (docs/storage.md)."),
        WRONG_CREDENTIALS(
                "InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidToken|AuthenticationFailed"
                        + "|Server failed to authenticate|InvalidAuthenticationInfo|invalid_client|AADSTS\\d+",
                Code.ENV_DENIED,
                "the credentials are wrong",
                "Check those under 'spark:' of the environment; they may have been changed or have expired."),
        MISSING(
                "NoSuchBucket|The specified bucket does not exist|UnknownStoreException|ContainerNotFound"
                        + "|FilesystemNotFound|The specified (?:container|filesystem) does not exist"
                        + "|ContainerBeingDeleted|\", 404, HEAD, [^\\s,]+/\\?[^\\s,]*action=getAccessControl"
                        + "|\", 404, PUT, [^\\s,]+resource=directory"
                        + "|azure\\.storage\\.StorageException: Not Found",
                Code.ENV_STORAGE,
                "the bucket or container does not exist",
                "Create it, or correct the address in the environment's file."),
        THROTTLED(
                "SlowDown|AWSServiceThrottledException|Status Code: (?:503|429)\\b|\", (?:503|429), |ServerBusy|TooManyRequests"
                        + "|reduce your request rate|The server is busy"
                        + "|azure\\.storage\\.StorageException: (?:Service Unavailable|Too Many Requests)",
                Code.ENV_STORAGE,
                "it receives too many requests",
                "Run again later, or with a smaller --width; nothing was lost."),
        DENIED(
                "AccessDenied(?!Exception)|Status Code: 403\\b|\", 403, |AuthorizationPermissionMismatch"
                        + "|AuthorizationFailure|InsufficientAccountPermissions"
                        + "|not authorized to perform this operation|azure\\.storage\\.StorageException: Forbidden",
                Code.ENV_DENIED,
                "access is denied",
                "Check the credentials, and grant their owner the right to read, write, list and delete there."),
        NO_HOST(
                "UnknownHostException",
                Code.ENV_STORAGE,
                "its host is unknown",
                "Check the address, the endpoint settings and the network."),
        UNREACHABLE(
                "ConnectException|NoRouteToHost|ConnectTimeoutException|SocketTimeoutException|Connection refused"
                        + "|connect timed out|Unable to execute HTTP request: Connect to",
                Code.ENV_STORAGE,
                "its host does not answer",
                "Check the endpoint settings and the network; nothing was lost."),
        INSECURE(
                "javax\\.net\\.ssl\\.|SSLException|SSLHandshakeException|PKIX path",
                Code.ENV_STORAGE,
                "no secure connection can be made",
                "Check that the endpoint supports TLS and that this Java trusts its certificate.");

        private final Pattern sign;
        private final Code code;
        private final String reason;
        private final String remedy;

        Kind(String sign, Code code, String reason, String remedy) {
            this.sign = Pattern.compile(sign);
            this.code = code;
            this.reason = reason;
            this.remedy = remedy;
        }
    }

    private StorageFailures() {}

    /** Returns the diagnostic of a failure at a place; empty when no object store is involved. */
    public static Optional<Diagnostic> explain(Throwable failure, SourceSpan place) {
        List<Throwable> chain = Failures.chain(failure);
        String messages = chain.stream().map(String::valueOf).collect(Collectors.joining("\n"));
        Optional<Diagnostic> missing = missingDriver(messages).map(scheme -> withoutDriver(scheme, place));
        if (missing.isPresent() || chain.stream().noneMatch(StorageFailures::isOfStorage)) {
            return missing;
        }
        for (Kind kind : Kind.values()) {
            if (kind.sign.matcher(messages).find()) {
                return Optional.of(Diagnostic.error(
                        kind.code,
                        place,
                        "Cannot reach " + address(messages, place) + ": " + kind.reason + errorCode(kind, messages),
                        kind.remedy));
            }
        }
        return Optional.empty();
    }

    private static boolean isOfStorage(Throwable cause) {
        String type = cause.getClass().getName();
        return type.startsWith("org.apache.hadoop.fs.")
                || type.startsWith("com.amazonaws.")
                || type.startsWith("software.amazon.awssdk.")
                || type.startsWith("com.microsoft.azure.storage.")
                || ADDRESS.matcher(String.valueOf(cause.getMessage())).find();
    }

    /** Returns the service's own error code in brackets; empty when the message contains none. */
    private static String errorCode(Kind kind, String messages) {
        return kind.sign
                .matcher(messages)
                .results()
                .map(MatchResult::group)
                .filter(sign -> sign.matches("[A-Z][A-Za-z]+") && !sign.endsWith("Exception"))
                .findFirst()
                .map(code -> " (" + code + ")")
                .orElse("");
    }

    private static String address(String messages, SourceSpan place) {
        Matcher address = ADDRESS.matcher(messages);
        return address.find() ? address.group() : place.toString();
    }

    private static Optional<String> missingDriver(String messages) {
        Matcher scheme = SCHEME_WITHOUT_DRIVER.matcher(messages);
        if (scheme.find()) {
            return Optional.of(scheme.group(1));
        }
        Matcher type = DRIVER_CLASS.matcher(messages);
        return type.find()
                ? Optional.of(type.group(1).replace("azurebfs", "abfss").replaceFirst("^azure$", "wasbs"))
                : Optional.empty();
    }

    private static Diagnostic withoutDriver(String scheme, SourceSpan place) {
        String artifact = scheme.startsWith("s3") ? "hadoop-aws" : "hadoop-azure";
        boolean supported = scheme.matches("s3a|abfss?|wasbs?");
        return Diagnostic.error(
                Code.ENV_SPARK,
                place,
                "Cannot reach storage with the scheme '" + scheme + "': this Spark has no driver for it",
                supported
                        ? "Start Spark with --packages org.apache.hadoop:" + artifact + ":" + VersionInfo.getVersion()
                                + "; './ingot' adds it by itself when conf/ or pipelines/ name such an address, or with"
                                + " INGOT_DRIVERS=" + artifact + "."
                        : "Add the jar of its Hadoop driver to Spark's class path, for './ingot' with INGOT_CLASSPATH"
                                + (scheme.startsWith("s3") ? ", or write s3a:// instead." : "."));
    }
}

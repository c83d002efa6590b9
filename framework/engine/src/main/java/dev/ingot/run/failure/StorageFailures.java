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
 * Says in a user's words why an object store or its driver failed. The drivers are known by what they say, since none of
 * them is on Ingot's own class path: S3A by the codes of S3's REST interface, ABFS and WASB by those of Azure's blob
 * service. What they say is never passed on as it is, for it may hold a signed address.
 */
public final class StorageFailures {

    private static final Pattern ADDRESS = Pattern.compile("\\b(s3[an]?|abfss?|wasbs?)://[^/\\s:`'\",]+(?::\\d+)?");
    private static final Pattern SCHEME_WITHOUT_DRIVER = Pattern.compile("No FileSystem for scheme \"?(\\w+)");
    private static final Pattern DRIVER_CLASS =
            Pattern.compile("org\\.apache\\.hadoop\\.fs\\.(s3a|azurebfs|azure)\\.[\\w$]+ not found");

    /** What kinds of failure there are, the first that fits; of each how it is told and what to do. */
    private enum Kind {
        NO_CREDENTIALS(
                "NoAuthWithAWSException|(?i:no aws credentials)|Unable to load AWS credentials"
                        + "|No credentials found for account|Configuration property \\S+ not found"
                        + "|Failure to initialize configuration",
                Code.ENV_DENIED,
                "no credentials are set for it",
                "Give them under 'spark:' of the environment, as '${secret:scope/key}' (conf/README.md)."),
        WRONG_CREDENTIALS(
                "InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidToken|AuthenticationFailed"
                        + "|Server failed to authenticate|InvalidAuthenticationInfo|invalid_client|AADSTS\\d+",
                Code.ENV_DENIED,
                "the credentials are wrong",
                "Look at those that 'spark:' of the environment names; they may have been changed or have expired."),
        MISSING(
                "NoSuchBucket|The specified bucket does not exist|UnknownStoreException|ContainerNotFound"
                        + "|FilesystemNotFound|The specified (?:container|filesystem) does not exist"
                        + "|ContainerBeingDeleted|\", 404, HEAD, [^\\s,]+/\\?[^\\s,]*action=getAccessControl"
                        + "|\", 404, PUT, [^\\s,]+resource=directory"
                        + "|azure\\.storage\\.StorageException: Not Found",
                Code.ENV_STORAGE,
                "there is no such bucket or container",
                "Make it, or correct the address in the environment's file."),
        THROTTLED(
                "SlowDown|AWSServiceThrottledException|Status Code: (?:503|429)\\b|\", (?:503|429), |ServerBusy|TooManyRequests"
                        + "|reduce your request rate|The server is busy"
                        + "|azure\\.storage\\.StorageException: (?:Service Unavailable|Too Many Requests)",
                Code.ENV_STORAGE,
                "it answers that it gets too many requests",
                "Run again later, or with a smaller --width; nothing was lost."),
        DENIED(
                "AccessDenied(?!Exception)|Status Code: 403\\b|\", 403, |AuthorizationPermissionMismatch"
                        + "|AuthorizationFailure|InsufficientAccountPermissions"
                        + "|not authorized to perform this operation|azure\\.storage\\.StorageException: Forbidden",
                Code.ENV_DENIED,
                "access is denied",
                "Look whether the credentials are the right ones, and give whom they stand for the right to read, write,"
                        + " list and delete there."),
        NO_HOST(
                "UnknownHostException",
                Code.ENV_STORAGE,
                "its host is not known",
                "Look at the address, the settings of the end point and the network."),
        UNREACHABLE(
                "ConnectException|NoRouteToHost|ConnectTimeoutException|SocketTimeoutException|Connection refused"
                        + "|connect timed out|Unable to execute HTTP request: Connect to",
                Code.ENV_STORAGE,
                "its host does not answer",
                "Look at the settings of the end point and the network; nothing was lost."),
        INSECURE(
                "javax\\.net\\.ssl\\.|SSLException|SSLHandshakeException|PKIX path",
                Code.ENV_STORAGE,
                "no secure connection can be made",
                "Look whether the end point speaks TLS and whether this Java trusts its certificate.");

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

    /** What to tell of a failure at a place; empty when no object store had a part in it. */
    public static Optional<Diagnostic> explain(Throwable failure, SourceSpan place) {
        List<Throwable> chain = Failures.chain(failure);
        String said = chain.stream().map(String::valueOf).collect(Collectors.joining("\n"));
        Optional<Diagnostic> missing = driver(said).map(scheme -> withoutDriver(scheme, place));
        if (missing.isPresent() || chain.stream().noneMatch(StorageFailures::isOfStorage)) {
            return missing;
        }
        for (Kind kind : Kind.values()) {
            if (kind.sign.matcher(said).find()) {
                return Optional.of(Diagnostic.error(
                        kind.code,
                        place,
                        "Cannot reach " + address(said, place) + ": " + kind.reason + word(kind, said),
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

    /** The word by which the service calls it, where it has one. */
    private static String word(Kind kind, String said) {
        return kind.sign
                .matcher(said)
                .results()
                .map(MatchResult::group)
                .filter(sign -> sign.matches("[A-Z][A-Za-z]+") && !sign.endsWith("Exception"))
                .findFirst()
                .map(word -> " (" + word + ")")
                .orElse("");
    }

    private static String address(String said, SourceSpan place) {
        Matcher address = ADDRESS.matcher(said);
        return address.find() ? address.group() : place.toString();
    }

    private static Optional<String> driver(String said) {
        Matcher scheme = SCHEME_WITHOUT_DRIVER.matcher(said);
        if (scheme.find()) {
            return Optional.of(scheme.group(1));
        }
        Matcher type = DRIVER_CLASS.matcher(said);
        return type.find()
                ? Optional.of(type.group(1).replace("azurebfs", "abfss").replaceFirst("^azure$", "wasbs"))
                : Optional.empty();
    }

    private static Diagnostic withoutDriver(String scheme, SourceSpan place) {
        String artifact = scheme.startsWith("s3") ? "hadoop-aws" : "hadoop-azure";
        boolean ours = scheme.matches("s3a|abfss?|wasbs?");
        return Diagnostic.error(
                Code.ENV_SPARK,
                place,
                "Cannot reach storage with the scheme '" + scheme + "': this Spark has no driver for it",
                ours
                        ? "Start Spark with --packages org.apache.hadoop:" + artifact + ":" + VersionInfo.getVersion()
                                + "; './ingot' adds it itself when conf/ or pipelines/ name such an address, or with"
                                + " INGOT_DRIVERS=" + artifact + "."
                        : "Add the jar of its Hadoop driver to Spark's class path, for './ingot' by INGOT_CLASSPATH"
                                + (scheme.startsWith("s3") ? ", or write s3a:// instead." : "."));
    }
}

package dev.ingot.deploy.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingot.deploy.rest.Pace;
import dev.ingot.deploy.rest.Rest;
import dev.ingot.deploy.rest.Service;
import dev.ingot.secrets.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A service principal with its secret, named by the variables that Azure's own tools read. Source: Microsoft identity
 * platform, "OAuth 2.0 client credentials flow".
 */
final class ServicePrincipal {

    static final List<String> VARIABLES = List.of("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET");

    private static final String REMEDY =
            "Check AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET; a secret expires.";

    private final Map<String, String> environment;
    private final Rest entra;

    /** The principal of an environment in which no variable is {@link #missing}. */
    ServicePrincipal(Map<String, String> environment, Pace pace) {
        this.environment = environment;
        URI authority = URI.create(environment
                .getOrDefault("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.com")
                .replaceFirst("/+$", ""));
        this.entra = new Rest(
                new Service("Microsoft Entra ID", authority, Map.of(), REMEDY, REMEDY, REMEDY), () -> "", pace);
    }

    /** The variables that are not set. */
    static List<String> missing(Map<String, String> environment) {
        return VARIABLES.stream()
                .filter(name -> environment.getOrDefault(name, "").isBlank())
                .toList();
    }

    AccessToken token(String scope) {
        Instant asked = Instant.now();
        JsonNode answer = entra.ask(
                "/" + encoded(environment.get("AZURE_TENANT_ID")) + "/oauth2/v2.0/token",
                form(scope),
                "sign in as " + environment.get("AZURE_CLIENT_ID"));
        return new AccessToken(
                new Secret(answer.path("access_token").asText("")),
                asked.plusSeconds(answer.path("expires_in").asLong(0)));
    }

    private String form(String scope) {
        Map<String, Object> fields = Tree.of(
                "grant_type",
                "client_credentials",
                "client_id",
                environment.get("AZURE_CLIENT_ID"),
                "client_secret",
                new Secret(environment.get("AZURE_CLIENT_SECRET")).reveal(),
                "scope",
                scope);
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded((String) field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

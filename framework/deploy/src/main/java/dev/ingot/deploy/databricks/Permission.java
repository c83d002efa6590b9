package dev.ingot.deploy.databricks;

import dev.ingot.options.Option;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Grants a permission level on the jobs to a user, a group or a service principal. */
public record Permission(
        @Option(description = "A user's name.", example = "ada@example.com")
        Optional<String> user,

        @Option(description = "A group's name.", example = "data-eng")
        Optional<String> group,

        @Option(description = "A service principal's application id.")
        Optional<String> servicePrincipal,

        @Option(description = "The permission level.", example = "can_manage_run")
        Level level) {

    /** Databricks' permission levels; the owner is the identity that creates the job. */
    public enum Level {
        CAN_VIEW,
        CAN_MANAGE_RUN,
        CAN_MANAGE
    }

    public Permission {
        Objects.requireNonNull(level, "level");
        if (Stream.of(user, group, servicePrincipal).filter(Optional::isPresent).count() != 1) {
            throw new IllegalArgumentException("exactly one of 'user', 'group' and 'service_principal' is required");
        }
    }

    /**
     * Returns the entry as a tree. The key of the level is {@code level} in a bundle and {@code permission_level} in
     * the API.
     */
    Map<String, Object> tree(String levelKey) {
        Map<String, Object> tree = new LinkedHashMap<>();
        user.ifPresent(name -> tree.put("user_name", name));
        group.ifPresent(name -> tree.put("group_name", name));
        servicePrincipal.ifPresent(id -> tree.put("service_principal_name", id));
        tree.put(levelKey, level.name().toUpperCase(Locale.ROOT));
        return tree;
    }
}

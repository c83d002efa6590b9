package dev.ingot.deploy.databricks;

import dev.ingot.options.Option;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody may do with the jobs. */
public record Permission(
        @Option(description = "A user's name.", example = "ada@example.com")
        Optional<String> user,

        @Option(description = "A group's name.", example = "data-eng")
        Optional<String> group,

        @Option(description = "A service principal's application id.")
        Optional<String> servicePrincipal,

        @Option(description = "What they may do.", example = "can_manage_run")
        Level level) {

    /** Databricks' levels; the owner is whoever makes the job. */
    public enum Level {
        CAN_VIEW,
        CAN_MANAGE_RUN,
        CAN_MANAGE
    }

    public Permission {
        Objects.requireNonNull(level, "level");
        if (Stream.of(user, group, servicePrincipal).filter(Optional::isPresent).count() != 1) {
            throw new IllegalArgumentException("it needs one of 'user', 'group' and 'service_principal'");
        }
    }

    /** As a bundle says it; the API calls the last word {@code permission_level}. */
    Map<String, Object> tree(String levelWord) {
        Map<String, Object> tree = new LinkedHashMap<>();
        user.ifPresent(name -> tree.put("user_name", name));
        group.ifPresent(name -> tree.put("group_name", name));
        servicePrincipal.ifPresent(id -> tree.put("service_principal_name", id));
        tree.put(levelWord, level.name().toUpperCase(Locale.ROOT));
        return tree;
    }
}

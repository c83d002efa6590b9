package dev.ingot.cli.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.deploy.DeploySettings;
import dev.ingot.deploy.Platform;
import dev.ingot.deploy.Platforms;
import java.util.Map;

/**
 * Builds the schema of {@code deploy:} in an environment: the settings for all platforms, and each platform under its
 * name.
 */
final class DeploySchema {

    private DeploySchema() {}

    static ObjectNode schema() {
        ObjectNode schema = RecordSchema.mapping(DeploySettings.class, Map.of());
        ObjectNode properties = (ObjectNode) schema.get("properties");
        Platforms.byName().forEach((name, platform) -> properties.set(name, platform(platform)));
        return schema;
    }

    private static ObjectNode platform(Platform<?> platform) {
        ObjectNode schema = SchemaFragments.object().put("description", platform.summary());
        return schema.setAll(SchemaFragments.any(RecordSchema.accepted(platform.options())));
    }

    /** Renders the reference section about platforms. */
    static String markdown() {
        StringBuilder page =
                new StringBuilder("## Deploy\n\nThe options under `deploy:` of an environment. Each platform has"
                        + " its own key beside them; `docs/platforms` shows how they are used.\n\n");
        page.append(OptionTable.of(DeploySettings.class)).append('\n');
        Platforms.byName()
                .forEach((name, platform) -> page.append("### platform ")
                        .append(name)
                        .append("\n\n")
                        .append(MarkdownText.markdown(platform.summary()))
                        .append("\n\n")
                        .append(OptionTable.of(platform.options()))
                        .append('\n'));
        return page.toString();
    }
}

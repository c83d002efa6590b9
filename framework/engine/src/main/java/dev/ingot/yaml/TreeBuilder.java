package dev.ingot.yaml;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;

/** Builds {@link YamlNode}s from the parser's events, within limits of depth and size. */
final class TreeBuilder {

    private static final int MAX_DEPTH = 40;
    private static final int MAX_NODES = 200_000;

    private final String file;
    private final Diagnostics diagnostics;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private Parser parser;
    private int nodes;

    /** Aborts reading a file whose error is already reported. */
    static final class Aborted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Aborted() {
            super(null, null, false, false);
        }
    }

    private record Anchored(YamlNode node, int size) {}

    TreeBuilder(String file, Diagnostics diagnostics) {
        this.file = file;
        this.diagnostics = diagnostics;
    }

    List<YamlNode> build(Parser events) {
        parser = events;
        List<YamlNode> documents = new ArrayList<>();
        parser.getEvent();
        while (!parser.checkEvent(Event.ID.StreamEnd)) {
            parser.getEvent();
            anchors.clear();
            YamlNode document = node(0);
            if (!(document instanceof YamlNode.Scalar scalar && scalar.isNull())) {
                documents.add(document);
            }
            parser.getEvent();
        }
        return documents;
    }

    private YamlNode node(int depth) {
        Event event = parser.getEvent();
        SourceSpan span = span(event.getStartMark());
        if (depth > MAX_DEPTH) {
            throw abort(
                    Code.YAML_TOO_DEEP,
                    span,
                    "Cannot read the YAML: the nesting is deeper than 40 levels",
                    "Look for an extra bracket; no pipeline needs such deep nesting.");
        }
        countNodes(1, span);
        if (event instanceof AliasEvent alias) {
            return aliased(alias, span);
        }
        reportTag(event, span);
        int before = nodes;
        YamlNode node;
        if (event instanceof ScalarEvent scalar) {
            abortAtNul(scalar, span);
            boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
            node = new YamlNode.Scalar(scalar.getValue(), plain, span);
        } else if (event instanceof SequenceStartEvent start) {
            node = sequence(start, span, depth);
        } else {
            node = mapping((MappingStartEvent) event, span, depth);
        }
        String anchor = ((NodeEvent) event).getAnchor();
        if (anchor != null) {
            anchors.put(anchor, new Anchored(node, nodes - before + 1));
        }
        return node;
    }

    private YamlNode aliased(AliasEvent alias, SourceSpan span) {
        Anchored target = anchors.get(alias.getAnchor());
        if (target == null) {
            throw abort(
                    Code.YAML_ALIASES,
                    span,
                    "Cannot read the YAML: this alias has no preceding anchor '&" + alias.getAnchor() + "'",
                    "Quote the value if the '*' is part of it.");
        }
        countNodes(target.size(), span);
        return target.node();
    }

    private void countNodes(int added, SourceSpan span) {
        nodes += added;
        if (nodes > MAX_NODES) {
            throw abort(
                    Code.YAML_ALIASES,
                    span,
                    "Cannot read the YAML: with its aliases expanded, it has more than 200000 values",
                    "Use fewer aliases, or split the file.");
        }
    }

    private void abortAtNul(ScalarEvent scalar, SourceSpan span) {
        if (scalar.getValue().indexOf('\0') >= 0) {
            throw abort(
                    Code.YAML_SYNTAX, span, "Cannot read the YAML: a text contains the character U+0000", "Remove it.");
        }
    }

    private void reportTag(Event event, SourceSpan span) {
        String tag = event instanceof ScalarEvent scalar ? scalar.getTag() : ((CollectionStartEvent) event).getTag();
        if (tag != null) {
            diagnostics.add(Diagnostic.error(
                    Code.YAML_TAG,
                    span,
                    "Cannot use the tag '" + tag.replace("tag:yaml.org,2002:", "!!") + "': tags are not supported",
                    "Remove it; the field determines the type."));
        }
    }

    private YamlNode sequence(SequenceStartEvent start, SourceSpan span, int depth) {
        List<YamlNode> items = new ArrayList<>();
        SplitValues splitValues = new SplitValues(diagnostics);
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            YamlNode item = node(depth + 1);
            if (start.isFlow()) {
                splitValues.item(item);
            }
            items.add(item);
        }
        parser.getEvent();
        return new YamlNode.Sequence(items, span);
    }

    private YamlNode mapping(MappingStartEvent start, SourceSpan span, int depth) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        SplitValues splitValues = new SplitValues(diagnostics);
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            YamlNode key = node(depth + 1);
            YamlNode value = node(depth + 1);
            if (!(key instanceof YamlNode.Scalar name)) {
                diagnostics.add(Diagnostic.error(
                        Code.YAML_SYNTAX,
                        key.span(),
                        "Cannot read the YAML: a key must be text, not " + key.kind(),
                        ""));
                continue;
            }
            if (start.isFlow() && splitValues.entry(name, value)) {
                continue;
            }
            if (name.plain() && name.text().equals("<<")) {
                diagnostics.add(Diagnostic.error(
                        Code.YAML_SYNTAX,
                        key.span(),
                        "Cannot merge mappings with '<<': it is not part of YAML 1.2",
                        "Write out the keys."));
                if (value instanceof YamlNode.Mapping merged) {
                    merged.entries().forEach(entries::putIfAbsent);
                }
                continue;
            }
            YamlNode.Entry first = entries.get(name.text());
            if (first != null) {
                diagnostics.add(Diagnostic.error(
                        Code.YAML_DUPLICATE_KEY,
                        key.span(),
                        "Cannot use the key '" + name.text() + "' twice in one mapping: it is already on line "
                                + first.keySpan().line(),
                        "Remove one of the two."));
                continue;
            }
            entries.put(name.text(), new YamlNode.Entry(key.span(), value));
        }
        parser.getEvent();
        return new YamlNode.Mapping(entries, span);
    }

    private Aborted abort(Code code, SourceSpan span, String summary, String remedy) {
        diagnostics.add(Diagnostic.error(code, span, summary, remedy));
        return new Aborted();
    }

    private SourceSpan span(Mark mark) {
        return new SourceSpan(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}

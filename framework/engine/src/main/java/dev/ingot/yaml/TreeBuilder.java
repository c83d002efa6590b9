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

/** Composes the parser's events into {@link YamlNode}s, within bounds. */
final class TreeBuilder {

    private static final int MAX_DEPTH = 40;
    private static final int MAX_NODES = 200_000;

    private final String file;
    private final Diagnostics diagnostics;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private Parser parser;
    private int nodes;

    /** Ends the reading of a file whose fault is already among the diagnostics. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused() {
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
            throw refuse(
                    Code.YAML_TOO_DEEP,
                    span,
                    "Cannot read the YAML: it nests deeper than 40 levels",
                    "Look for a bracket too many; no pipeline needs so deep a nesting.");
        }
        count(1, span);
        if (event instanceof AliasEvent alias) {
            return aliased(alias, span);
        }
        refuseTag(event, span);
        int before = nodes;
        YamlNode node;
        if (event instanceof ScalarEvent scalar) {
            refuseNul(scalar, span);
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
            throw refuse(
                    Code.YAML_ALIASES,
                    span,
                    "Cannot read the YAML: no anchor '&" + alias.getAnchor() + "' comes before this alias",
                    "Quote the value if it begins with a '*' of its own.");
        }
        count(target.size(), span);
        return target.node();
    }

    private void count(int more, SourceSpan span) {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw refuse(
                    Code.YAML_ALIASES,
                    span,
                    "Cannot read the YAML: with its aliases it has more than 200000 values",
                    "Write fewer aliases, or split the file.");
        }
    }

    private void refuseNul(ScalarEvent scalar, SourceSpan span) {
        if (scalar.getValue().indexOf('\0') >= 0) {
            throw refuse(
                    Code.YAML_SYNTAX, span, "Cannot read the YAML: a text holds the character U+0000", "Remove it.");
        }
    }

    private void refuseTag(Event event, SourceSpan span) {
        String tag = event instanceof ScalarEvent scalar ? scalar.getTag() : ((CollectionStartEvent) event).getTag();
        if (tag != null) {
            diagnostics.add(Diagnostic.error(
                    Code.YAML_TAG,
                    span,
                    "Cannot use the tag '" + tag.replace("tag:yaml.org,2002:", "!!") + "': tags are not read",
                    "Leave it out; the field decides the type."));
        }
    }

    private YamlNode sequence(SequenceStartEvent start, SourceSpan span, int depth) {
        List<YamlNode> items = new ArrayList<>();
        SplitValues cut = new SplitValues(diagnostics);
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            YamlNode item = node(depth + 1);
            if (start.isFlow()) {
                cut.item(item);
            }
            items.add(item);
        }
        parser.getEvent();
        return new YamlNode.Sequence(items, span);
    }

    private YamlNode mapping(MappingStartEvent start, SourceSpan span, int depth) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        SplitValues cut = new SplitValues(diagnostics);
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
            if (start.isFlow() && cut.entry(name, value)) {
                continue;
            }
            if (name.plain() && name.text().equals("<<")) {
                diagnostics.add(Diagnostic.error(
                        Code.YAML_SYNTAX,
                        key.span(),
                        "Cannot merge mappings with '<<': it is no part of YAML 1.2",
                        "Write the keys out."));
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
                        "Cannot use the key '" + name.text() + "' twice in one mapping: it stands on line "
                                + first.keySpan().line() + " already",
                        "Remove one of the two."));
                continue;
            }
            entries.put(name.text(), new YamlNode.Entry(key.span(), value));
        }
        parser.getEvent();
        return new YamlNode.Mapping(entries, span);
    }

    private Refused refuse(Code code, SourceSpan span, String summary, String remedy) {
        diagnostics.add(Diagnostic.error(code, span, summary, remedy));
        return new Refused();
    }

    private SourceSpan span(Mark mark) {
        return new SourceSpan(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}

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
            if (!(document instanceof YamlNode.Scalar scalar && scalar.isNothing())) {
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
            throw refuse(Code.YAML_TOO_DEEP, span, "Cannot read the YAML: it nests deeper than 40 levels", "");
        }
        count(1, span);
        if (event instanceof AliasEvent alias) {
            return aliased(alias, span);
        }
        refuseTag(event, span);
        int before = nodes;
        YamlNode node;
        if (event instanceof ScalarEvent scalar) {
            boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
            node = new YamlNode.Scalar(scalar.getValue(), plain, span);
        } else if (event instanceof SequenceStartEvent) {
            node = sequence(span, depth);
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
                    "");
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
                    "Write the values out, or use 'for_each'.");
        }
    }

    private void refuseTag(Event event, SourceSpan span) {
        String tag = event instanceof ScalarEvent scalar
                ? scalar.getTag()
                : ((CollectionStartEvent) event).getTag();
        if (tag != null) {
            diagnostics.add(Diagnostic.error(
                    Code.YAML_TAG,
                    span,
                    "Cannot use the tag '" + tag.replace("tag:yaml.org,2002:", "!!") + "': tags are not read",
                    "Leave it out; the field decides the type."));
        }
    }

    private YamlNode sequence(SourceSpan span, int depth) {
        List<YamlNode> items = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(node(depth + 1));
        }
        parser.getEvent();
        return new YamlNode.Sequence(items, span);
    }

    private YamlNode mapping(MappingStartEvent start, SourceSpan span, int depth) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        boolean split = false;
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            YamlNode key = node(depth + 1);
            YamlNode value = node(depth + 1);
            if (!(key instanceof YamlNode.Scalar name)) {
                diagnostics.add(Diagnostic.error(
                        Code.YAML_SYNTAX, key.span(), "Cannot read the YAML: a key must be text, not " + key.kind(), ""));
                continue;
            }
            if (start.isFlow() && isNothing(value) && endsOpen(entries)) {
                if (!split) {
                    reportSplit(entries, name);
                }
                split = true;
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

    private void reportSplit(Map<String, YamlNode.Entry> entries, YamlNode.Scalar rest) {
        String key = lastKey(entries);
        YamlNode.Entry cut = entries.get(key);
        String start = ((YamlNode.Scalar) cut.value()).text();
        diagnostics.add(Diagnostic.error(
                Code.YAML_SPLIT_VALUE,
                cut.value().span(),
                "Cannot read the value of '" + key + "': inside {...} a comma ends a value, so '" + start + "' and '"
                        + rest.text() + "' became two keys",
                "Put '" + key + ": ...' on a line of its own below, or quote the value."));
    }

    private static boolean endsOpen(Map<String, YamlNode.Entry> entries) {
        String last = lastKey(entries);
        if (last == null || !(entries.get(last).value() instanceof YamlNode.Scalar scalar) || !scalar.plain()) {
            return false;
        }
        String text = scalar.text();
        boolean openQuote = text.chars().filter(c -> c == '\'').count() % 2 == 1;
        return openQuote
                || text.chars().filter(c -> c == '(').count()
                        > text.chars().filter(c -> c == ')').count();
    }

    private static String lastKey(Map<String, YamlNode.Entry> entries) {
        String last = null;
        for (String key : entries.keySet()) {
            last = key;
        }
        return last;
    }

    private static boolean isNothing(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.isNothing();
    }

    private Refused refuse(Code code, SourceSpan span, String summary, String remedy) {
        diagnostics.add(Diagnostic.error(code, span, summary, remedy));
        return new Refused();
    }

    private SourceSpan span(Mark mark) {
        return new SourceSpan(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}

package dev.ingot.secrets;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;

/**
 * Passes text on without the values of secrets, however the text is cut into pieces: what could be the beginning of a
 * value waits, through a flush too, until more text, the end of the line or {@link #close()} tells.
 */
public final class RedactingWriter extends Writer {

    private final Writer out;
    private final StringBuilder waiting = new StringBuilder();

    public RedactingWriter(Writer out) {
        this.out = Objects.requireNonNull(out, "out");
    }

    /** The same for bytes, of text in any encoding that writes ASCII as ASCII. */
    public static OutputStream stream(OutputStream out) {
        RedactingWriter writer = new RedactingWriter(new OutputStreamWriter(out, StandardCharsets.ISO_8859_1));
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                writer.write(b & 0xff);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                writer.write(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
            }

            @Override
            public void flush() throws IOException {
                writer.flush();
            }

            @Override
            public void close() throws IOException {
                writer.close();
            }
        };
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        synchronized (lock) {
            waiting.append(text, offset, length);
            Redaction.Forms known = Redaction.known();
            int end = settled(known);
            out.write(known.redact(waiting.substring(0, end)));
            waiting.delete(0, end);
        }
    }

    /** Up to where the text holds nothing that could go on as a value, or that belongs to one; no form has two lines. */
    private int settled(Redaction.Forms known) {
        int end = Math.max(waiting.lastIndexOf("\n") + 1, waiting.length() - known.longest());
        while (end < waiting.length() && !known.mayBecome(waiting, end)) {
            end++;
        }
        Matcher values = known.pattern().matcher(waiting);
        while (end < waiting.length() && values.find() && values.start() < end) {
            if (values.end() > end) {
                return values.start();
            }
        }
        return end;
    }

    @Override
    public void flush() throws IOException {
        synchronized (lock) {
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (lock) {
            out.write(Redaction.redact(waiting.toString()));
            waiting.setLength(0);
            out.close();
        }
    }
}

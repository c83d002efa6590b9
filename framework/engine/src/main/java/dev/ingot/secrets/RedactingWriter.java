package dev.ingot.secrets;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;

/**
 * Writes text with the values of secrets redacted, however the text is split into chunks. A suffix that could be the
 * start of a value is buffered, even across a flush, until more text, the end of the line or {@link #close()} decides.
 */
public final class RedactingWriter extends Writer {

    private final Writer out;
    private final StringBuilder buffer = new StringBuilder();

    public RedactingWriter(Writer out) {
        this.out = Objects.requireNonNull(out, "out");
    }

    /** Wraps a stream of bytes: of text in any encoding that writes ASCII as ASCII. */
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
            buffer.append(text, offset, length);
            Redaction.Forms known = Redaction.known();
            int end = writableLength(known);
            out.write(known.redact(buffer.substring(0, end)));
            buffer.delete(0, end);
        }
    }

    /**
     * Returns how much of the buffer can be written: the rest is part of a value, or could become one with more text.
     * No form spans two lines.
     */
    private int writableLength(Redaction.Forms known) {
        int end = Math.max(buffer.lastIndexOf("\n") + 1, buffer.length() - known.longest());
        while (end < buffer.length() && !known.mayStartAt(buffer, end)) {
            end++;
        }
        Matcher values = known.pattern().matcher(buffer);
        while (end < buffer.length() && values.find() && values.start() < end) {
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
            out.write(Redaction.redact(buffer.toString()));
            buffer.setLength(0);
            out.close();
        }
    }
}

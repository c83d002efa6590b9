package dev.ingot.secrets;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;

/** Redacts the values of secrets in this process's standard output and standard error. */
public final class StandardStreams {

    private StandardStreams() {}

    /** Redacts all that this process prints from now on, including Spark's log if it is not yet configured. */
    public static void redact() {
        System.setOut(redacting(System.out));
        System.setErr(redacting(System.err));
    }

    private static PrintStream redacting(PrintStream stream) {
        return new PrintStream(RedactingWriter.stream(stream), true, Charset.defaultCharset());
    }

    /** Returns a writer to one of the streams that redacts its own text. */
    public static PrintWriter writer(PrintStream stream) {
        Writer plain = new Writer() {
            @Override
            public void write(char[] text, int offset, int length) {
                stream.print(new String(text, offset, length));
            }

            @Override
            public void flush() {
                stream.flush();
            }

            @Override
            public void close() {
                stream.flush();
            }
        };
        return new PrintWriter(new RedactingWriter(plain), true);
    }
}

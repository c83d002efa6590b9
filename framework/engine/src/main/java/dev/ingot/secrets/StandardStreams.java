package dev.ingot.secrets;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;

/** The process's output, without the values of secrets. */
public final class StandardStreams {

    private StandardStreams() {}

    /** Lets all that this process prints from now on be redacted, Spark's log included if it is not yet set up. */
    public static void redact() {
        System.setOut(redacting(System.out));
        System.setErr(redacting(System.err));
    }

    private static PrintStream redacting(PrintStream stream) {
        return new PrintStream(RedactingWriter.stream(stream), true, Charset.defaultCharset());
    }

    /** A writer to one of the streams that is redacted by itself. */
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

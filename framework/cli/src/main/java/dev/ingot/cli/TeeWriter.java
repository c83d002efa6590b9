package dev.ingot.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Writes to a stream, and a copy to a writer. */
final class TeeWriter extends FilterWriter {

    private final Writer copy;

    TeeWriter(OutputStream stream, Writer copy) {
        super(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
        this.copy = copy;
    }

    @Override
    public void write(int character) throws IOException {
        super.write(character);
        copy.write(character);
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
        super.write(characters, offset, length);
        copy.write(characters, offset, length);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        super.write(text, offset, length);
        copy.write(text, offset, length);
    }
}

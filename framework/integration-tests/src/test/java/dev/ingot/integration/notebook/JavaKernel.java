package dev.ingot.integration.notebook;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;

/**
 * A Jupyter kernel like JJava: JJava's library implements Jupyter's protocol, and the JDK's JShell runs the cells. It
 * has no magics and no completion; cells see the class path of the JVM.
 */
public final class JavaKernel extends BaseKernel {

    private final JShell shell = JShell.builder().executionEngine("local").build();

    private JavaKernel() {
        super(
                "java",
                "1",
                new LanguageInfo("java", "17", "text/x-java-source", ".jshell", "java", "text/x-java", "script"),
                List.of(),
                null,
                new JupyterIO(StandardCharsets.UTF_8),
                new CommManager(),
                new Renderer(),
                null,
                new MagicsRegistry(),
                false,
                new StringStyler("", "", "", line -> ""));
        shell.addToClasspath(System.getProperty("java.class.path"));
    }

    /** Serves one notebook until it receives a shutdown request; the argument is Jupyter's connection file. */
    public static void main(String[] arguments) throws Exception {
        JupyterConnection connection =
                new JupyterConnection(KernelConnectionProperties.parse(Files.readString(Path.of(arguments[0]))));
        JavaKernel kernel = new JavaKernel();
        kernel.becomeHandlerForConnection(connection);
        connection.connect();
        kernel.onStartup();
        connection.waitUntilClose();
        System.exit(0);
    }

    @Override
    public DisplayData eval(String cell) {
        String rest = cell;
        while (!rest.isBlank()) {
            SourceCodeAnalysis.CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            if (!next.completeness().isComplete()) {
                throw new IllegalArgumentException("incomplete statement: " + rest);
            }
            shell.eval(next.source()).forEach(this::require);
            rest = next.remaining();
        }
        return null;
    }

    private void require(SnippetEvent event) {
        if (event.exception() != null) {
            throw new IllegalStateException(event.exception());
        }
        if (event.status() == Snippet.Status.REJECTED || event.status() == Snippet.Status.RECOVERABLE_NOT_DEFINED) {
            throw new IllegalArgumentException(shell.diagnostics(event.snippet())
                    .map(problem -> problem.getMessage(Locale.ROOT))
                    .collect(Collectors.joining("\n", event.snippet().source() + "\n", "")));
        }
    }

    @Override
    public Object evalRaw(String cell) {
        return eval(cell);
    }

    @Override
    public void onShutdown(boolean isRestarting) {
        shell.close();
    }

    @Override
    public DisplayData inspect(String code, int at, boolean extraDetail) {
        return null;
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        return null;
    }

    @Override
    public String isComplete(String code) {
        return IS_COMPLETE_YES;
    }
}

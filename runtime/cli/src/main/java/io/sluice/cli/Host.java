package io.sluice.cli;

import io.sluice.cli.output.Terminal;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the command finds around it: streams, terminal, environment variables, interrupts. The
 * process in everyday life, anything else in tests.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param terminal what is behind the streams
 * @param environment looks up an environment variable
 * @param interrupts says when to stop
 */
public record Host(
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    Terminal terminal,
    Function<String, Optional<String>> environment,
    Interrupts interrupts) {}

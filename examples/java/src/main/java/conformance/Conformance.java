package conformance;

import java.nio.file.Path;

/**
 * Runs every data-plane API of the official Java SDK on every key spec, errors included.
 *
 * <p>Usage: {@code conformance.Conformance <scenario.json>}. The scenario file names the instance, the Client Keys and
 * the keys; test/sdk/run.ts writes one. Each check prints {@code ok <name>} or {@code FAIL <name>: why}; the last line
 * counts them; the exit code is 1 when a check failed.
 */
public final class Conformance {
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            System.err.println("usage: conformance.Conformance <scenario.json>");
            System.exit(2);
        }
        Scenario scenario = Scenario.read(Path.of(arguments[0]));
        Report report = new Report();
        new SymmetricChecks(scenario, report).run();
        new AsymmetricChecks(scenario, report).run();
        new ImportedChecks(scenario, report).run();
        new KeyPairChecks(scenario, report).run();
        new ErrorChecks(scenario, report).run();
        System.exit(report.finish());
    }
}

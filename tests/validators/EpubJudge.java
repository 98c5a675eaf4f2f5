import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.util.FeatureEnum;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;

/**
 * Prints what epubcheck says of each book whose path comes in as a line, usages too: each message as
 * {@code SEVERITY ID text (path:line)}, then a full stop. One Java for all books, since it takes longer to start than to
 * judge one.
 */
public class EpubJudge extends MasterReport {
  private final PrintStream out;

  private EpubJudge(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] none) throws Exception {
    PrintStream out = new PrintStream(System.out, true, "UTF-8");
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
    for (String path = in.readLine(); path != null; path = in.readLine()) {
      new EpubCheck(new File(path), new EpubJudge(out)).doValidate();
      out.println(".");
    }
    System.exit(0);
  }

  @Override
  public void message(Message message, EPUBLocation place, Object... parts) {
    String text = message.getMessage(parts).replaceAll("\\s+", " ");
    out.println(message.getSeverity().name() + " " + message.getID() + " " + text
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

import java.nio.file.Path;
import java.util.Arrays;

/**
 * Lucene as an engine of the comparison.
 *
 * <pre>
 *   LuceneDriver build INDEX &lt; ARTICLES
 *   LuceneDriver measure INDEX QUERIES --out RESULT --iters N --warm SECONDS --commands TOP_10,COUNT
 * </pre>
 */
public final class LuceneDriver {
  private LuceneDriver() {}

  public static void main(String[] arguments) throws Exception {
    Path index = Path.of(arguments[1]);
    if (arguments[0].equals("build")) {
      Build.run(index);
    } else {
      Measure.run(
          index,
          Path.of(arguments[2]),
          Path.of(option(arguments, "--out")),
          Integer.parseInt(option(arguments, "--iters")),
          Double.parseDouble(option(arguments, "--warm")),
          option(arguments, "--commands").split(","));
    }
  }

  private static String option(String[] arguments, String name) {
    int place = Arrays.asList(arguments).indexOf(name);
    if (place < 0) throw new IllegalArgumentException("missing " + name);
    return arguments[place + 1];
  }
}

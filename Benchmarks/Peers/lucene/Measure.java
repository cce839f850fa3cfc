import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.MMapDirectory;

/** Times every query of a list inside this process, after a warm-up in which the virtual machine compiles its code. */
final class Measure {
  private final IndexSearcher searcher;
  private final StoredFields stored;
  private final List<ListedQuery> listed;
  private final int iterations;
  private final double warmup;
  /** Takes what queries return, so that the compiler may not leave them out. */
  private long consumed;

  private Measure(DirectoryReader reader, List<ListedQuery> listed, int iterations, double warmup) throws IOException {
    searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null);
    searcher.setSimilarity(Build.BM25);
    stored = reader.storedFields();
    this.listed = listed;
    this.iterations = iterations;
    this.warmup = warmup;
  }

  static void run(Path index, Path queries, Path out, int iterations, double warmup, String[] commands) throws IOException {
    List<ListedQuery> listed = Files.readAllLines(queries).stream().map(ListedQuery::parse).toList();
    try (var directory = new MMapDirectory(index);
        var reader = DirectoryReader.open(directory);
        var json = new JsonWriter(Files.newBufferedWriter(out))) {
      var measure = new Measure(reader, listed, iterations, warmup);
      json.beginObject();
      json.name("engine").value("lucene").name("version").value(Build.version()).name("results").beginObject();
      for (String command : commands) {
        json.name(command);
        measure.measure(SearchCommand.parse(command), json);
      }
      json.endObject();
      json.name("consumed").value(measure.consumed);
      json.endObject();
    }
  }

  /** Runs the whole list in one shuffled order, again and again, so that no query runs twice in a row. */
  private void measure(SearchCommand command, JsonWriter json) throws IOException {
    Query[] queries = listed.stream().map(ListedQuery::query).toArray(Query[]::new);
    List<Integer> order = Arrays.asList(IntStream.range(0, queries.length).boxed().toArray(Integer[]::new));
    Collections.shuffle(order, new Random(2));
    long end = System.nanoTime() + (long) (warmup * 1e9);
    do {
      for (int query : order) consumed += command.run(searcher, queries[query]).count();
    } while (System.nanoTime() < end);
    long[][] times = new long[queries.length][iterations];
    for (int iteration = 0; iteration < iterations; iteration++) {
      for (int query : order) {
        long start = System.nanoTime();
        consumed += command.run(searcher, queries[query]).count();
        times[query][iteration] = System.nanoTime() - start;
      }
    }
    json.beginArray();
    for (int query = 0; query < queries.length; query++) {
      Arrays.sort(times[query]);
      write(listed.get(query), times[query], command, command.run(searcher, queries[query]), json);
    }
    json.endArray();
  }

  private void write(ListedQuery query, long[] sorted, SearchCommand command, SearchCommand.Outcome outcome, JsonWriter json)
      throws IOException {
    json.beginObject();
    json.name("qid").value(query.id()).name("cls").value(query.group());
    json.name("type").value(query.type()).name("q").value(query.words());
    json.name("min_us").value(sorted[0] / 1e3).name("med_us").value(sorted[sorted.length / 2] / 1e3);
    // Written as null where it may be cut short.
    json.name("count").value(command.counts() ? outcome.count() : null);
    json.name("hits").beginArray();
    for (ScoreDoc hit : outcome.hits()) {
      json.beginArray().value(stored.document(hit.doc).get("id")).value(hit.score).endArray();
    }
    json.endArray();
    json.endObject();
  }
}

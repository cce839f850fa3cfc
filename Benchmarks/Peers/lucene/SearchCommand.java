import java.io.IOException;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;

/** What is asked: the best {@code limit} articles, the number of all matches, or both. */
record SearchCommand(int limit, boolean counts) {
  /** The number of matches, as far as it is exact, and the hits. */
  record Outcome(long count, ScoreDoc[] hits) {}

  private static final ScoreDoc[] NO_HITS = {};

  /** Reads COUNT, TOP_10, TOP_100_COUNT and their like. */
  static SearchCommand parse(String name) {
    if (name.equals("COUNT")) return new SearchCommand(0, true);
    String[] parts = name.split("_");
    boolean counts = parts.length == 3 && parts[2].equals("COUNT");
    if (!parts[0].equals("TOP") || parts.length != (counts ? 3 : 2)) throw new IllegalArgumentException(name);
    return new SearchCommand(Integer.parseInt(parts[1]), counts);
  }

  Outcome run(IndexSearcher searcher, Query query) throws IOException {
    if (limit == 0) return new Outcome(searcher.count(query), NO_HITS);
    // The threshold up to which matches are counted: beyond it, Lucene passes over what cannot be among the best.
    int threshold = counts ? Integer.MAX_VALUE : limit;
    TopDocs top = searcher.search(query, new TopScoreDocCollectorManager(limit, null, threshold));
    return new Outcome(top.totalHits.value(), top.scoreDocs);
  }
}

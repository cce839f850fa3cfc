import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** One line of a list of queries. */
record ListedQuery(String id, String group, String type, String words) {
  static ListedQuery parse(String line) {
    String[] parts = line.split("\t");
    return new ListedQuery(parts[0], parts[1], parts[2], parts[3]);
  }

  Query query() {
    String[] each = words.split(" ");
    if (type.equals("phrase")) return new PhraseQuery("text", each);
    if (type.equals("term")) return term(words);
    var query = new BooleanQuery.Builder();
    for (String word : each) {
      switch (type) {
        case "or" -> query.add(term(word), Occur.SHOULD);
        case "and" -> query.add(term(word), Occur.MUST);
        default -> addClause(word, query);
      }
    }
    return query.build();
  }

  /** Adds a word of type {@code bool}: +required, -excluded or optional. */
  private static void addClause(String word, BooleanQuery.Builder query) {
    switch (word.charAt(0)) {
      case '+' -> query.add(term(word.substring(1)), Occur.MUST);
      case '-' -> query.add(term(word.substring(1)), Occur.MUST_NOT);
      default -> query.add(term(word), Occur.SHOULD);
    }
  }

  private static Query term(String word) {
    return new TermQuery(new Term("text", word));
  }
}

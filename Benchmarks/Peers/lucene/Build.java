import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;

/** Builds an index of the articles on standard input, on one thread, merged to one segment. */
final class Build {
  static final BM25Similarity BM25 = new BM25Similarity(1.2f, 0.75f);
  private static final double BUFFER_MEGABYTES = 1024;

  private Build() {}

  static void run(Path folder) throws IOException {
    List<String> lines;
    try (var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      lines = input.lines().toList();
    }
    var configuration = new IndexWriterConfig(new StandardAnalyzer(CharArraySet.EMPTY_SET))
        .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
        .setRAMBufferSizeMB(BUFFER_MEGABYTES)
        .setUseCompoundFile(false)
        .setMergeScheduler(new SerialMergeScheduler())
        .setSimilarity(BM25);
    long start = System.nanoTime();
    try (Directory directory = FSDirectory.open(folder); var writer = new IndexWriter(directory, configuration)) {
      var id = new StoredField("id", "");
      var text = new TextField("text", "", Field.Store.NO);
      var document = new Document();
      document.add(id);
      document.add(text);
      for (String line : lines) {
        read(line, id, text);
        writer.addDocument(document);
      }
      writer.commit();
      writer.forceMerge(1, true);
      writer.commit();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    report(lines.size(), seconds, size(folder));
  }

  private static void read(String line, StoredField id, TextField text) throws IOException {
    try (var json = new JsonReader(new StringReader(line))) {
      json.beginObject();
      while (json.hasNext()) {
        Field field = json.nextName().equals("id") ? id : text;
        field.setStringValue(json.nextString());
      }
    }
  }

  private static long size(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static void report(int articles, double seconds, long bytes) throws IOException {
    try (var json = new JsonWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8))) {
      json.beginObject();
      json.name("engine").value("lucene").name("version").value(version()).name("docs").value(articles);
      json.name("seconds").value(seconds).name("index_bytes").value(bytes);
      json.endObject();
    }
  }

  static String version() {
    return "Lucene " + Version.LATEST + ", Java " + Runtime.version();
  }
}

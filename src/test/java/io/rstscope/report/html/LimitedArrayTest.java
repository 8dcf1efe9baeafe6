package io.rstscope.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LimitedArrayTest {
  private static String written(LimitedArray array) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = ScriptJson.to(bytes)) {
      json.writeStartObject();
      array.write("array", json);
      json.writeEndObject();
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shouldBeEmptyAtFirst() throws IOException {
    assertEquals("{\"array\":[]}", written(new LimitedArray(0)));
  }

  @Test
  void shouldTakeElementsUntilItsBytesAreUsedUpAndNoneAfter() throws IOException {
    LimitedArray array = new LimitedArray(10);

    assertEquals(0, array.add(json -> json.writeString("one")));
    assertEquals(LimitedArray.LEFT_OUT, array.add(json -> json.writeString("three")));
    assertEquals(LimitedArray.LEFT_OUT, array.add(json -> json.writeNumber(4)));
    assertEquals("{\"array\":[\"one\"]}", written(array));
    assertEquals(2, array.leftOut());
  }

  @Test
  void shouldCountBytesNotCharacters() throws IOException {
    LimitedArray array = new LimitedArray(20);

    assertEquals(LimitedArray.LEFT_OUT, array.add(json -> json.writeString("жжжжжжжжж")));
  }

  @Test
  void shouldHoldNothingThatEndsAScript() throws IOException {
    String hostile = "</script><!--&\u2028\u2029\"";
    LimitedArray array = new LimitedArray(1000);
    array.add(json -> json.writeString(hostile));

    String written = written(array);

    assertTrue(written.chars().noneMatch(c -> "<>&\u2028\u2029".indexOf(c) >= 0), written);
    assertEquals(hostile, new ObjectMapper().readTree(written).get("array").get(0).asText());
  }
}

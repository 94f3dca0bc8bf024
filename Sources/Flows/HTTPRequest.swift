/// Whether bytes begin like an HTTP request: a method, a blank, a path (RFC 9112 section 3).
enum HTTPRequest {
  static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
    methods.contains { method in
      bytes.count > method.utf8CodeUnitCount
        && bytes.starts(
          with: UnsafeRawBufferPointer(
            start: method.utf8Start, count: method.utf8CodeUnitCount))
    }
  }

  private static let methods: [StaticString] = [
    "GET /", "POST /", "HEAD /", "PUT /", "DELETE /", "OPTIONS /", "PATCH /", "GET http",
    "POST http", "TRACE /",
  ]
}

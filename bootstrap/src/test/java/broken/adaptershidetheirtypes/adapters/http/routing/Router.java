package broken.adaptershidetheirtypes.adapters.http.routing;

public class Router {}
